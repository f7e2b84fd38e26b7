using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Prober.Jobs;

/// <summary>Tells every few seconds that this Prober lives and what it does.</summary>
internal sealed class Heartbeat : WorkLoop
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(1); // while no Scheduler runs, old signs must not pile up

    private readonly IBus _bus;
    private readonly ProbeLimit _limit;
    private readonly string _name;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;

    public Heartbeat(
        IBus bus,
        ProbeLimit limit,
        IOptions<ProberOptions> options,
        BusGate busGate,
        TimeProvider clock,
        ILogger<Heartbeat> logger)
        : base(busGate, clock, logger)
    {
        _bus = bus;
        _limit = limit;
        _name = options.Value.Name;
        _clock = clock;
        _startedAt = clock.GetUtcNow();
        Wake(); // the first one at once
    }

    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override Task TurnAsync(CancellationToken cancellationToken)
        => _bus.Publish(
            new ProberSeen(_name, SkypunchVersion.Current, _startedAt, _clock.GetUtcNow(), _limit.Running, _limit.Completed),
            context => context.TimeToLive = TimeToLive,
            cancellationToken);
}
