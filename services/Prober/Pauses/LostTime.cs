using System.Diagnostics.Metrics;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Prober.Pauses;

/// <summary>
/// Measures how much time this process has lost so far, because it was stopped, had no processor, collected its garbage or had no free
/// thread: a timer's tick comes late then. What a probe has waited for meanwhile may have been there in time.
/// </summary>
internal sealed partial class LostTime : IDisposable
{
    /// <summary>How late a tick may be without counting as a loss.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan IdleTick = TimeSpan.FromSeconds(1); // so that a loss before a probe is known, too
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock;
    private readonly ILogger<LostTime> _logger;
    private readonly Lock _lock = new();
    private readonly long _tolerance;
    private readonly ITimer _timer;
    private long _dueAt;
    private long _lost;
    private int _watched;
    private volatile bool _isIdle = true;
    private long _reportedAt;
    private long _unreported;

    public LostTime(TimeProvider clock, IMeterFactory meters, ILogger<LostTime> logger)
    {
        (_clock, _logger) = (clock, logger);
        _tolerance = Units(Tolerance);
        _reportedAt = clock.GetTimestamp() - Units(ReportInterval);
        meters.Create(SkypunchTelemetry.MeterName).CreateObservableCounter(
            "skypunch_lost_time",
            () => clock.GetElapsedTime(0, Now()).TotalSeconds,
            unit: "s",
            description: "Time in which this process did not run though it should have: stopped, or without processor, threads or memory.");
        _timer = clock.CreateTimer(static watch => ((LostTime)watch!).OnTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_lock)
        {
            Arm(IdleTick);
        }
    }

    /// <summary>
    /// The time that is lost until now, in units of the clock's timestamps; the delay of a tick that is overdue is included.
    /// </summary>
    public long Now()
    {
        lock (_lock)
        {
            var late = _clock.GetTimestamp() - _dueAt;
            return _lost + (late > _tolerance ? late : 0);
        }
    }

    /// <summary>Whether so much was lost since then that it may have made a probe fail.</summary>
    /// <param name="before">The value of <see cref="Now"/> then.</param>
    public bool HasLostSince(long before) => Now() - before > _tolerance;

    /// <summary>Notes that a probe begins, for which time is watched closely.</summary>
    public void Enter()
    {
        if (Interlocked.Increment(ref _watched) > 1 || !_isIdle)
        {
            return;
        }

        lock (_lock)
        {
            if (_isIdle && _clock.GetTimestamp() <= _dueAt) // else the tick is about to come
            {
                Arm(Tick);
            }
        }
    }

    /// <summary>Notes that a probe has ended.</summary>
    public void Leave() => Interlocked.Decrement(ref _watched);

    public void Dispose() => _timer.Dispose();

    private void OnTick()
    {
        lock (_lock)
        {
            var late = _clock.GetTimestamp() - _dueAt;
            if (late > _tolerance)
            {
                _lost += late;
                Report(late);
            }

            Arm(Volatile.Read(ref _watched) > 0 ? Tick : IdleTick);
        }
    }

    private void Arm(TimeSpan tick)
    {
        _isIdle = tick == IdleTick;
        _dueAt = _clock.GetTimestamp() + Units(tick);
        _timer.Change(tick, Timeout.InfiniteTimeSpan);
    }

    // A process that is short of a resource for long loses a little at every tick, so losses are logged together.
    private void Report(long late)
    {
        _unreported += late;
        if (_clock.GetElapsedTime(_reportedAt) >= ReportInterval)
        {
            LogLost(_clock.GetElapsedTime(0, _unreported).TotalSeconds);
            (_reportedAt, _unreported) = (_clock.GetTimestamp(), 0);
        }
    }

    private long Units(TimeSpan span) => (long)(span.TotalSeconds * _clock.TimestampFrequency);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "This process did not run for {Seconds:0.##} s though it should have: it was stopped, or had no processor, thread or memory. Probes that failed meanwhile "
            + "for want of time say nothing of their targets and are made again.")]
    private partial void LogLost(double seconds);
}
