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
    /// Removes the announcements that came in before the instant, with their deliveries, unless one of these still waits.
    /// </summary>
    public static async Task RemoveFinishedAsync(NotifierDb db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        List<Guid> finished;
        do
        {
            finished = await db.Announcements
                .Where(a => a.ReceivedAt < before)
                .Where(a => !db.Deliveries.Any(d => d.ChangeId == a.ChangeId && d.State == DeliveryState.Pending))
                .OrderBy(a => a.ReceivedAt)
                .Select(a => a.ChangeId)
                .Take(RowsAtOnce)
                .ToListAsync(cancellationToken);
            await db.Announcements.Where(a => finished.Contains(a.ChangeId)).ExecuteDeleteAsync(cancellationToken);
        }
        while (finished.Count == RowsAtOnce);
    }
}
