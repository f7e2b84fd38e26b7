using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Puts right what waits for an instant further ahead than it can be: the clock was set back since it was written, or a hand wrote it. Several Notifiers may do so
/// at once.
/// </summary>
internal sealed partial class DeliveryRepair(
    StoreWriter<NotifierDb> writer,
    IOptions<NotifierOptions> options,
    StoreClock time,
    ILogger<DeliveryRepair> logger)
{
    /// <summary>Puts all right.</summary>
    public async Task PutRightAsync(CancellationToken cancellationToken)
    {
        var count = await writer.RunAsync(async (NotifierDb db) =>
        {
            await time.EnsureReadAsync(db, cancellationToken);
            var attempts = await db.PutAttemptsRightAsync(time.Now, cancellationToken);

            // After a jump, those of living senders are right again when these have renewed them.
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} deliveries waited for an instant further ahead than it can be; they are due now.")]
    private partial void LogPutRight(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} deliveries were given up, as the changes that they tell of are no longer stored.")]
    private partial void LogOrphans(int count);
}
