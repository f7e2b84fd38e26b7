using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Brings the notifiers' counters up to date every few seconds. The admin API does so before it shows them.</summary>
internal sealed class CounterLoop(
    StoreWriter<NotifierDb> writer,
    BusGate busGate,
    TimeProvider clock,
    ILogger<CounterLoop> logger) : WorkLoop(busGate, clock, logger)
{
    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override Task TurnAsync(CancellationToken cancellationToken)
        => writer.RunAsync((NotifierCounters counters) => counters.CountAsync(cancellationToken));
}
