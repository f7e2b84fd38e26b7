using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Counts the deliveries that wait, for the metrics. Every Notifier counts the same ones.</summary>
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
        var waiting = scope.ServiceProvider.GetRequiredService<NotifierDb>().Deliveries
            .Where(d => d.State == DeliveryState.Pending && d.Notifier.Enabled);
        var count = await waiting.LongCountAsync(cancellationToken);
        var oldest = await waiting.MinAsync(d => (DateTimeOffset?)d.CreatedAt, cancellationToken);
        metrics.Waiting(count, oldest is { } at ? _clock.GetUtcNow() - at : TimeSpan.Zero);
    }
}
