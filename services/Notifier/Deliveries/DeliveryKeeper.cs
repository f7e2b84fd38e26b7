using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Keeps the tables tidy: removes what was announced long ago and is done, cancels what waits for a notifier that a hand has disabled in the table,
/// and puts right what waits for too long.
/// Several Notifiers may do so at once.
/// </summary>
internal sealed class DeliveryKeeper(
    StoreWriter<NotifierDb> writer,
    DeliveryRepair repair,
    BusGate busGate,
    IOptions<NotifierOptions> options,
    TimeProvider clock,
    ILogger<DeliveryKeeper> logger) : WorkLoop(busGate, clock, logger)
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

    /// <summary>Cancels what waits for disabled notifiers.</summary>
    public static async Task CancelDisabledAsync(NotifierDb db, CancellationToken cancellationToken)
    {
        var disabled = await db.Notifiers.Where(n => !n.Enabled).Select(n => n.Id).ToListAsync(cancellationToken);
        foreach (var notifierId in disabled)
        {
            await CancelAsync(db, notifierId, cancellationToken);
        }
    }

    /// <summary>Cancels what waits for one notifier. What is being sent right now is still marked as sent if it is accepted.</summary>
    public static Task CancelAsync(NotifierDb db, long notifierId, CancellationToken cancellationToken)
        => db.Deliveries.Where(d => d.NotifierId == notifierId && d.State == DeliveryState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Cancelled), cancellationToken);

    /// <summary>Removes the announcements that came in before the instant, with their deliveries, unless one of these still waits.</summary>
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
