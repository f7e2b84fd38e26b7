using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Settings;

namespace Skypunch.Prober.Doubt;

/// <summary>
/// Decides whether a failure by the network is the target's fault or this Prober's own. Unless the target's last probe failed by the
/// network, too, the Prober needs a sign that its network works before it blames the target: an answer of another target in the second
/// half of the probe, or a connection to a reference or to a target that passed before. A Prober without any such sign is cut off. It
/// gives no verdicts by the network, reports that it is cut off, and passes its work on, until something answers again. After
/// <see cref="ProberOptions.LongestDoubt"/> failures are reported anyway (<see cref="MustReport"/>).
/// </summary>
internal sealed partial class SelfDoubt(
    References references,
    PassingTargets passing,
    Contact contact,
    DoubtMetrics metrics,
    IOptions<ProberOptions> options,
    TimeProvider clock,
    ILogger<SelfDoubt> logger) : IDisposable
{
    /// <summary>How often a Prober that is cut off checks whether it still is.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private long _answeredAt = long.MinValue;
    private Task<bool>? _asking;
    private ITimer? _timer;
    private CutOff? _cutOff;
    private long _wellSince = long.MinValue;

    /// <summary>Raised when this Prober is cut off, and when it no longer is.</summary>
    public event Action? Changed;

    /// <summary>Whether this Prober is cut off.</summary>
    public bool IsCutOff => Volatile.Read(ref _cutOff) is not null;

    /// <summary>Since when this Prober is cut off; null: it is not.</summary>
    public DateTimeOffset? CutOffSince => Volatile.Read(ref _cutOff)?.At;

    /// <summary>Whether a result is no verdict, because the Prober's own network has failed.</summary>
    /// <param name="job">The job.</param>
    /// <param name="result">The result of its probe.</param>
    /// <param name="began">The clock's timestamp at which the probe began.</param>
    /// <param name="fleet">How the other Probers are; null: none is known to be cut off.</param>
    public async ValueTask<bool> IsOwnFaultAsync(ProbeJob job, ProbeResult result, long began, ProberFleet? fleet = null)
    {
        if (!ProbeReasons.IsOfNetwork(result.Reason))
        {
            if (result.Passed)
            {
                passing.NotePass(job);
            }

            if (result.StatusCode is not null)
            {
                Volatile.Write(ref _answeredAt, clock.GetTimestamp());
                if (IsCutOff)
                {
                    Note(answers: true);
                }
            }

            return false;
        }

        if (MustReport(fleet) || !await IsInDoubtAsync(job, began) || MustReport(fleet))
        {
            return false;
        }

        metrics.Withheld();
        return true;
    }

    public void Dispose()
    {
        _end.Cancel();
        _timer?.Dispose();
        _end.Dispose();
    }

    private async ValueTask<bool> IsInDoubtAsync(ProbeJob job, long began)
    {
        if (BeganCutOff(began))
        {
            return true;
        }

        if (!IsCutOff && (job.IsFailingByNetwork || HasAnswerSince(began) || !(references.IsAny || passing.AreBeside(job))))
        {
            return false;
        }

        return !await AskAsync() || BeganCutOff(began); // the network may have come back with this check, after the probe began
    }

    // Where other Probers are cut off, too, or this has lasted for too long, the failures are reported with the reasons that were found.
    private bool MustReport(ProberFleet? fleet)
        => Volatile.Read(ref _cutOff) is { } cutOff
            && (fleet?.AreOthersCutOff(options.Value.Name) is true || clock.GetElapsedTime(cutOff.Since) >= options.Value.LongestDoubt);

    private bool BeganCutOff(long began) => !IsCutOff && began < Volatile.Read(ref _wellSince);

    // Another target's answer counts if it came in the second half of the probe: the network worked until then, and a target that is well
    // would have answered by then, too. An answer in the first half may have come before the network failed.
    private bool HasAnswerSince(long began) => Volatile.Read(ref _answeredAt) is var answered && answered >= began + ((clock.GetTimestamp() - began) / 2);

    // Failures that come during a check wait for that check.
    private Task<bool> AskAsync()
    {
        lock (_lock)
        {
            return _asking ??= CheckAsync();
        }
    }

    private async Task<bool> CheckAsync()
    {
        await Task.Yield(); // so that _asking is assigned before this method ends
        try
        {
            var answers = await Contact.AnyAsync(
                [.. references.Ask(_end.Token), .. passing.Some().Select(target => contact.IsMadeAsync(target.Host, target.Port, _end.Token))]);
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
            if (_cutOff is null == answers)
            {
                return;
            }

            var before = _cutOff;
            Volatile.Write(ref _wellSince, clock.GetTimestamp()); // set before _cutOff, so that no earlier failure slips through
            Volatile.Write(ref _cutOff, answers ? null : new CutOff(clock.GetUtcNow(), clock.GetTimestamp()));
            metrics.IsCutOff = !answers;
            _timer?.Dispose();
            _timer = answers ? null : clock.CreateTimer(_ => _ = AskAsync(), null, CheckEvery, CheckEvery);
            if (before is not null)
            {
                LogBack(clock.GetElapsedTime(before.Since));
            }
            else
            {
                LogCutOff();
            }
        }

        Changed?.Invoke();
    }

    private sealed record CutOff(DateTimeOffset At, long Since);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "This Prober is cut off from its network: targets fail by the network, and neither another target nor a reference of Prober:References takes a connection. "
            + "No target is blamed for it; the slots count as missed, and other Probers, where there are any, are given its work.")]
    private partial void LogCutOff();

    [LoggerMessage(Level = LogLevel.Warning, Message = "This Prober has its network back after {Time}.")]
    private partial void LogBack(TimeSpan time);
}
