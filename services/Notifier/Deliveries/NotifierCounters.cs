using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Adds to the notifiers' counters the attempts that they do not have yet. Several Notifiers may do so at once: each attempt is counted by
/// one of them, in the transaction that marks it as counted.
/// </summary>
internal sealed partial class NotifierCounters(NotifierDb db, ILogger<NotifierCounters> logger)
{
    private const int RowsAtOnce = 500;

    /// <summary>Counts all attempts that are marked by now. An attempt that is being marked meanwhile is counted the next time.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        var behind = await db.Deliveries.Where(d => d.UncountedAttempts != null).Select(d => d.NotifierId).Distinct().ToListAsync(cancellationToken);
        foreach (var notifierId in behind)
        {
            try
            {
                while (await CountSomeAsync(notifierId, cancellationToken) == RowsAtOnce)
                {
                    // There may be more.
                }
            }
            catch (Exception e) when (UnreadableRows.MayCause(e))
            {
                LogNotCounted(notifierId, e.GetBaseException().Message); // and the other notifiers all the same
            }
        }
    }

    private async Task<int> CountSomeAsync(long notifierId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        if (!await db.LockNotifierAsync(notifierId, cancellationToken))
        {
            return 0; // deleted meanwhile, with its deliveries
        }

        var some = await db.LockUncounted(notifierId, RowsAtOnce).Select(d => new { d.Id, d.State, d.UncountedAttempts }).ToListAsync(cancellationToken);
        var passes = some.Count(row => row.State is DeliveryState.Sent); // a message that was accepted is not tried again, so that its last attempt is the one
        var fails = Math.Max(0, some.Sum(row => (long)row.UncountedAttempts!) - passes);
        var ids = some.ConvertAll(row => row.Id);
        await db.Notifiers.Where(n => n.Id == notifierId).ExecuteUpdateAsync(
            set => set
                .SetProperty(n => n.PassCount, n => n.PassCount < long.MaxValue - passes ? n.PassCount + passes : n.PassCount)
                .SetProperty(n => n.FailCount, n => n.FailCount < long.MaxValue - fails ? n.FailCount + fails : n.FailCount),
            cancellationToken);
        await db.Deliveries.Where(d => ids.Contains(d.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.UncountedAttempts, (int?)null), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return some.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The counters of notifier {NotifierId} cannot be changed; this is tried again: {Reason}")]
    private partial void LogNotCounted(long notifierId, string reason);
}
