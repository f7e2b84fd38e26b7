using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Doubt;
using Skypunch.Prober.Settings;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// Publishes every five seconds that this Prober lives and how much it does, and at once when it is cut off from its network or has its
/// network back.
/// </summary>
internal sealed class Heartbeat : WorkLoop
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(1); // while no Scheduler runs, old signs must not pile up

    private readonly IBus _bus;
    private readonly ProbeLimit _limit;
    private readonly SelfDoubt _doubt;
    private readonly ProberOptions _options;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;

    public Heartbeat(
        IBus bus,
        ProbeLimit limit,
        SelfDoubt doubt,
        IOptions<ProberOptions> options,
        BusGate busGate,
        TimeProvider clock,
        ILogger<Heartbeat> logger)
        : base(busGate, clock, logger)
    {
        _bus = bus;
        _limit = limit;
        _doubt = doubt;
        _options = options.Value;
        _clock = clock;
        _startedAt = clock.GetUtcNow();
        doubt.Changed += Wake;
        Wake(); // the first sign of life comes at once
    }

    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override Task TurnAsync(CancellationToken cancellationToken)
        => _bus.Publish(
            new ProberSeen(_options.Name, SkypunchVersion.Current, _startedAt, _clock.GetUtcNow(), _limit.Running, _limit.Completed)
            {
                CutOffSince = _doubt.CutOffSince,
                Withholds = _options.LongestDoubt,
            },
            context => context.TimeToLive = TimeToLive,
            cancellationToken);
}
