using Skypunch.Contracts;
using Skypunch.Prober.Jobs;

namespace Skypunch.Prober.Doubt;

/// <summary>
/// Whether a failure by the network is the target's or this Prober's own: before it blames a target that has not failed before, there is an answer from the network to
/// show for it, of another target within the last second or of a reference. A Prober without both is cut off: it gives no verdicts and passes its work on, until a
/// reference answers again. Where there are no references, verdicts go out at once.
/// </summary>
internal sealed partial class SelfDoubt(References references, ProberMetrics metrics, TimeProvider clock, ILogger<SelfDoubt> logger) : IDisposable
{
    /// <summary>How fresh an answer from the network must be, and how often a Prober that is cut off looks whether it still is.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private long _answeredAt = long.MinValue;
    private Task<bool>? _asking;
    private ITimer? _timer;
    private long _since;
    private volatile bool _isCutOff;

    /// <summary>Whether this Prober is cut off.</summary>
    public bool IsCutOff => _isCutOff;

    /// <summary>Whether a result is no verdict, as it is the Prober's own network that has failed.</summary>
    /// <param name="job">What was asked for.</param>
    /// <param name="result">What was found.</param>
    /// <param name="began">The clock's timestamp at which the probe began.</param>
    public async ValueTask<bool> IsOwnFaultAsync(ProbeJob job, ProbeResult result, long began)
    {
        if (!ProbeReasons.IsOfNetwork(result.Reason))
        {
            if (result.StatusCode is not null)
            {
                Volatile.Write(ref _answeredAt, clock.GetTimestamp());
                if (_isCutOff)
                {
                    Note(answers: true);
                }
            }

            return false;
        }

        if (!references.IsAny || (!_isCutOff && (job.IsFailing || HasAnswerSince(began))) || await AskAsync())
        {
            return false;
        }

        metrics.CutOff();
        return true;
    }

    public void Dispose()
    {
        _end.Cancel();
        _timer?.Dispose();
        _end.Dispose();
    }

    // An answer of before the failing probe began says nothing of it, and neither does one of long before a timeout ended.
    private bool HasAnswerSince(long began)
    {
        var answered = Volatile.Read(ref _answeredAt);
        return answered >= began && clock.GetElapsedTime(answered) <= Fresh;
    }

    // All failures that come meanwhile wait for the same look.
    private Task<bool> AskAsync()
    {
        lock (_lock)
        {
            return _asking ??= LookAsync();
        }
    }

    private async Task<bool> LookAsync()
    {
        await Task.Yield(); // so that it is assigned before it ends
        try
        {
            var answers = await references.AnswerAsync(_end.Token);
            if (answers)
            {
                Volatile.Write(ref _answeredAt, clock.GetTimestamp());
            }

            Note(answers);
            return answers;
        }
        finally
        {
            lock (_lock)
            {
                _asking = null;
            }
        }
    }

    private void Note(bool answers)
    {
        lock (_lock)
        {
            if (_isCutOff != answers)
            {
                return;
            }

            _isCutOff = !answers;
            _timer?.Dispose();
            _timer = answers ? null : clock.CreateTimer(_ => _ = AskAsync(), null, Fresh, Fresh);
            if (answers)
            {
                LogBack(clock.GetElapsedTime(_since));
            }
            else
            {
                _since = clock.GetTimestamp();
                LogCutOff();
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "This Prober is cut off from its network: targets fail by the network, none has answered within a second, and no reference of Prober:References answers. "
            + "No target is blamed for it; the slots count as missed, and other Probers are given its work.")]
    private partial void LogCutOff();

    [LoggerMessage(Level = LogLevel.Warning, Message = "This Prober has its network back after {Time}.")]
    private partial void LogBack(TimeSpan time);
}
