using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Repairs deliveries that wait for an instant too far in the future, because the clock was set back since, or their row was edited by hand
/// in SQL. Several Notifiers may do so at once.
/// </summary>
internal sealed partial class DeliveryRepair(
    StoreWriter<NotifierDb> writer,
    IOptions<NotifierOptions> options,
    StoreClock time,
    ILogger<DeliveryRepair> logger)
{
    /// <summary>Repairs all deliveries. A pause that a receiver has asked for is no fault.</summary>
    public Task PutRightAsync(CancellationToken cancellationToken) => PutRightAsync(RetrySchedule.LongestAsked, cancellationToken);

    /// <summary>
    /// Repairs all deliveries after the clock has jumped. A pause that a receiver has asked for is shortened, too: it cannot be told from a
    /// pause that the jump has lengthened.
    /// </summary>
    public Task PutRightAfterJumpAsync(CancellationToken cancellationToken) => PutRightAsync(TimeSpan.Zero, cancellationToken);

    private async Task PutRightAsync(TimeSpan asked, CancellationToken cancellationToken)
    {
        var count = await writer.RunAsync(async (NotifierDb db) =>
        {
            await time.EnsureReadAsync(db, cancellationToken);
            var attempts = await db.PutAttemptsRightAsync(time.Now, asked, cancellationToken);

            // After a jump, the claims of living senders are right again once the senders have renewed them.
            return time.EndedBefore > DateTimeOffset.UnixEpoch
                ? attempts + await db.PutClaimsRightAsync(time.Now, options.Value.LeaseOfTheReleaseBefore, cancellationToken)
                : attempts;
        });
        if (count > 0)
        {
            LogPutRight(count);
        }

        var orphans = await writer.RunAsync((NotifierDb db) => db.GiveUpOrphansAsync(time.Now, cancellationToken));
        if (orphans > 0)
        {
            LogOrphans(orphans);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} deliveries waited for an instant too far in the future; they are due now.")]
    private partial void LogPutRight(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} deliveries were given up, as the changes that they tell of are no longer stored.")]
    private partial void LogOrphans(int count);
}
