using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Cleans the tables up: removes announcements that are old and done, cancels deliveries to a notifier that was disabled by hand in SQL,
/// and repairs deliveries that wait for too long. Several Notifiers may do so at once.
/// </summary>
internal sealed class DeliveryCleanup(
    StoreWriter<NotifierDb> writer,
    DeliveryRepair repair,
    BusGate busGate,
    IOptions<NotifierOptions> options,
    TimeProvider clock,
    ILogger<DeliveryCleanup> logger) : WorkLoop(busGate, clock, logger)
{
    private const int RowsAtOnce = 500;
    private const string Failed = "FAIL";

    // A target that was deleted while it failed has no recovery.
    private static readonly TimeSpan LongestFailure = TimeSpan.FromDays(800);

    private readonly TimeProvider _clock = clock;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        var before = _clock.GetUtcNow() - options.Value.Retention;
        await writer.RunAsync((NotifierDb db) => CancelDisabledAsync(db, cancellationToken));
        await writer.RunAsync((NotifierDb db) => RemoveFinishedAsync(db, before, cancellationToken));
        await repair.PutRightAsync(cancellationToken);
    }

    /// <summary>Cancels the deliveries that wait for disabled notifiers.</summary>
    public static async Task CancelDisabledAsync(NotifierDb db, CancellationToken cancellationToken)
    {
        var disabled = await db.Notifiers.Where(n => !n.Enabled).Select(n => n.Id).ToListAsync(cancellationToken);
        foreach (var notifierId in disabled)
        {
            await CancelAsync(db, notifierId, cancellationToken);
        }
    }

    /// <summary>
    /// Cancels the deliveries that wait for a notifier. A message that is being sent right now is still marked as sent if it is accepted.
    /// </summary>
    public static Task CancelAsync(NotifierDb db, long notifierId, CancellationToken cancellationToken)
        => db.Deliveries.Where(d => d.NotifierId == notifierId && d.State == DeliveryState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Cancelled), cancellationToken);

    /// <summary>
    /// Removes the announcements that came in before the instant, with their deliveries, unless one of these still waits, or is a failure and
    /// the last that its notifier was told of the target: by it the recovery will be told, whatever the notifier's match says then.
    /// </summary>
    public static async Task RemoveFinishedAsync(NotifierDb db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (oldest, longest) = (DateTimeOffset.UnixEpoch, before - LongestFailure);
        List<FinishedChange> finished;
        do
        {
            finished = await db.Announcements
                .Where(a => a.ReceivedAt < before && a.ReceivedAt >= oldest)
                .Where(a => !db.Deliveries.Any(d => d.ChangeId == a.ChangeId && d.State == DeliveryState.Pending))
                .Where(a => a.ToStatus != Failed || a.ReceivedAt < longest || !db.Deliveries.Any(d => d.ChangeId == a.ChangeId
                    && d.State != DeliveryState.Cancelled
                    && !db.Deliveries.Any(later => later.NotifierId == d.NotifierId && later.TargetId == d.TargetId && later.Id > d.Id
                        && later.State != DeliveryState.Cancelled && later.Announcement.FromStatus != Announcement.OfNotices)))
                .OrderBy(a => a.ReceivedAt)
                .Select(a => new FinishedChange(a.ChangeId, a.ReceivedAt))
                .Take(RowsAtOnce)
                .ToListAsync(cancellationToken);
            var ids = finished.ConvertAll(change => change.ChangeId);
            await db.Announcements.Where(a => ids.Contains(a.ChangeId)).ExecuteDeleteAsync(cancellationToken);
            oldest = finished.LastOrDefault()?.ReceivedAt ?? oldest; // those that stay are not looked at again
        }
        while (finished.Count == RowsAtOnce);
    }

    private sealed record FinishedChange(Guid ChangeId, DateTimeOffset ReceivedAt);
}
