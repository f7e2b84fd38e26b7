using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.ServiceDefaults.Time;

/// <summary>
/// Notices that the clock of this machine was set, forwards or backwards: the time of day and the monotonic clock have gone apart since the last look. Says so once in
/// the log, counts it, and tells who has to put instants right.
/// </summary>
public sealed partial class ClockWatch(SteadyTime steady, TimeProvider clock, IMeterFactory meters, ILogger<ClockWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // NTP moves a clock by half a millisecond a second at the most while it does so step by step.
    private static readonly TimeSpan SmallestJump = TimeSpan.FromSeconds(1);

    private readonly Counter<long> _jumps = meters.Create(SkypunchTelemetry.MeterName).CreateCounter<long>(
        "skypunch_clock_jumps", description: "How often the clock of this machine was set by a second or more, by the direction.");

    private TimeSpan _apart;

    /// <summary>The clock was set, by this time.</summary>
    public event Action<TimeSpan>? Jumped;

    /// <summary>Looks once.</summary>
    public void Look()
    {
        var apart = clock.GetUtcNow() - steady.GetUtcNow();
        var jump = apart - _apart;
        _apart = apart;
        if (jump.Duration() < SmallestJump)
        {
            return;
        }

        var direction = jump > TimeSpan.Zero ? "forwards" : "backwards";
        _jumps.Add(1, KeyValuePair.Create<string, object?>("direction", direction));
        LogJumped(direction, jump.Duration());
        Jumped?.Invoke(jump);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of this machine was set {Direction} by {Jump}. Skypunch puts right what is due by the clock.")]
    private partial void LogJumped(string direction, TimeSpan jump);
}
