using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.ServiceDefaults.Time;

/// <summary>
/// Detects that the clock of this machine was set forwards or backwards: the difference between the system's clock and the monotonic clock
/// has changed since the last check. Logs and counts the jump, and notifies those parts of the process that must correct instants.
/// </summary>
public sealed partial class ClockWatch(SteadyTime steady, TimeProvider clock, IMeterFactory meters, ILogger<ClockWatch> logger) : BackgroundService
{
    /// <summary>
    /// The smallest change that counts as a jump. NTP, when it slews a clock, changes it by at most half a millisecond per second.
    /// </summary>
    public static readonly TimeSpan SmallestJump = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Counter<long> _jumps = meters.Create(SkypunchTelemetry.MeterName).CreateCounter<long>(
        "skypunch_clock_jumps", description: "How often the clock of this machine was set by a second or more, by the direction.");

    private TimeSpan _offset; // of the system's clock from the steady one

    /// <summary>Raised after the clock was set, with the time by which it was set; negative: backwards.</summary>
    public event Action<TimeSpan>? Jumped;

    /// <summary>Checks once.</summary>
    public void Look()
    {
        var offset = clock.GetUtcNow() - steady.GetUtcNow();
        var jump = offset - _offset;
        _offset = offset;
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
            // The host stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of this machine was set {Direction} by {Jump}. Skypunch corrects what was scheduled by the old time.")]
    private partial void LogJumped(string direction, TimeSpan jump);
}
