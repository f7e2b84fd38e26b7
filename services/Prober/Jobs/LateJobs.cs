namespace Skypunch.Prober.Jobs;

/// <summary>
/// Counts the jobs whose time was over when their turn came, and logs their number, at most once a second: after a standstill there are
/// many.
/// </summary>
internal sealed partial class LateJobs(ProberMetrics metrics, TimeProvider clock, ILogger<LateJobs> logger) : IDisposable
{
    private static readonly TimeSpan ReportAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private int _unreported;
    private ITimer? _timer;

    /// <summary>Counts jobs that are dropped.</summary>
    public void Add(int count)
    {
        metrics.TooLate(count);
        lock (_lock)
        {
            _unreported += count;
            _timer ??= clock.CreateTimer(static late => ((LateJobs)late!).Report(), this, ReportAfter, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Report()
    {
        lock (_lock)
        {
            LogTooLate(_unreported);
            _timer?.Dispose();
            (_unreported, _timer) = (0, null);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} probes were not made, since their time was over when their turn came: this process stood still, or its connection to the broker. Their slots count as missed.")]
    private partial void LogTooLate(int count);
}
