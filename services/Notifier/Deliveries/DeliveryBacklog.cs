using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Counts the deliveries that wait, for the metrics, without those that wait for the hours of their notifier. Every Notifier counts the same
/// ones.
/// </summary>
internal sealed class DeliveryBacklog(
    IServiceScopeFactory scopes,
    NotifierMetrics metrics,
    BusGate busGate,
    TimeProvider clock,
    ILogger<DeliveryBacklog> logger) : WorkLoop(busGate, clock, logger)
{
    private readonly TimeProvider _clock = clock;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(15);

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<NotifierDb>(), _clock.GetUtcNow());
        var hours = await db.Notifiers.Where(n => n.Hours != null).Select(n => new { n.Id, n.Hours }).ToListAsync(cancellationToken);
        var closed = hours.Where(row => !WorkingHours.Of(row.Hours).IsOpen(now)).Select(row => row.Id).ToList();
        var waiting = db.Deliveries.Where(d => d.State == DeliveryState.Pending && d.Notifier.Enabled && !closed.Contains(d.NotifierId));
        var count = await waiting.LongCountAsync(cancellationToken);
        var oldest = await waiting.MinAsync(d => (DateTimeOffset?)d.CreatedAt, cancellationToken);
        metrics.Waiting(count, oldest is { } at ? now - at : TimeSpan.Zero);
    }
}
