namespace Skypunch.Prober.Jobs;

/// <summary>Counts the jobs whose time was over when their turn came, and says so: after a standstill there are many of them, told together.</summary>
internal sealed partial class LateJobs(ProberMetrics metrics, TimeProvider clock, ILogger<LateJobs> logger) : IDisposable
{
    private static readonly TimeSpan ReportAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private int _untold;
    private ITimer? _timer;

    /// <summary>Jobs are dropped.</summary>
    public void Add(int count)
    {
        metrics.TooLate(count);
        lock (_lock)
        {
            _untold += count;
            _timer ??= clock.CreateTimer(static late => ((LateJobs)late!).Report(), this, ReportAfter, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Report()
    {
        lock (_lock)
        {
            LogTooLate(_untold);
            _timer?.Dispose();
            (_untold, _timer) = (0, null);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} probes came to their turn when their time was over, and were not made: this process stood still, or the way to it. Their slots count as missed.")]
    private partial void LogTooLate(int count);
}
