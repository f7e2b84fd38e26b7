using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Jobs;

namespace Skypunch.Prober.Doubt;

/// <summary>
/// Whether a failure by the network is the target's or this Prober's own: before it blames a target that has not failed before, there is an answer from the network to
/// show for it, of another target while it was probed, of a reference, or of a target that passed before. A Prober without any is cut off: it gives no verdicts by the network, tells so
/// and passes its work on, until something answers again. Nothing is withheld for ever: <see cref="IsTold"/>.
/// </summary>
internal sealed partial class SelfDoubt(
    References references,
    PassingTargets passing,
    Contact contact,
    ProberMetrics metrics,
    IOptions<ProberOptions> options,
    TimeProvider clock,
    ILogger<SelfDoubt> logger) : IDisposable
{
    /// <summary>How often a Prober that is cut off looks whether it still is.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private long _answeredAt = long.MinValue;
    private Task<bool>? _asking;
    private ITimer? _timer;
    private CutOff? _cutOff;
    private long _wellSince = long.MinValue;

    /// <summary>It is cut off since now, or is no more.</summary>
    public event Action? Changed;

    /// <summary>Whether this Prober is cut off.</summary>
    public bool IsCutOff => Volatile.Read(ref _cutOff) is not null;

    /// <summary>Since when this Prober is cut off; null: it is not.</summary>
    public DateTimeOffset? CutOffSince => Volatile.Read(ref _cutOff)?.At;

    /// <summary>Whether a result is no verdict, as it is the Prober's own network that has failed.</summary>
    /// <param name="job">What was asked for.</param>
    /// <param name="result">What was found.</param>
    /// <param name="began">The clock's timestamp at which the probe began.</param>
    /// <param name="fleet">How the Probers are; null: as far as known none is cut off.</param>
    public async ValueTask<bool> IsOwnFaultAsync(ProbeJob job, ProbeResult result, long began, ProberFleet? fleet = null)
    {
        if (!ProbeReasons.IsOfNetwork(result.Reason))
        {
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

        if (IsTold(fleet) || !await IsInDoubtAsync(job, began) || IsTold(fleet))
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

        if (!IsCutOff && (job.IsFailing || HasAnswerSince(began) || !(references.IsAny || passing.AreBeside(job))))
        {
            return false;
        }

        return !await AskAsync() || BeganCutOff(began); // it may have come back by this look
    }

    // Other Probers see the same, or it has lasted for too long: the failures are told, with the reasons that were found.
    private bool IsTold(ProberFleet? fleet)
        => Volatile.Read(ref _cutOff) is { } cutOff
            && (fleet?.AreOthersCutOff(options.Value.Name) is true || clock.GetElapsedTime(cutOff.Since) >= options.Value.LongestDoubt);

    private bool BeganCutOff(long began) => !IsCutOff && began < Volatile.Read(ref _wellSince);

    // An answer of the probe's first half may be of before the network failed. One of its second half is not: a target that is well would have answered as well by then.
    private bool HasAnswerSince(long began) => Volatile.Read(ref _answeredAt) is var answered && answered >= began + ((clock.GetTimestamp() - began) / 2);

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
            Volatile.Write(ref _wellSince, clock.GetTimestamp()); // before it counts as well, so that no failure of before slips through
            Volatile.Write(ref _cutOff, answers ? null : new CutOff(clock.GetUtcNow(), clock.GetTimestamp()));
            metrics.IsCutOff = !answers;
            _timer?.Dispose();
            _timer = answers ? null : clock.CreateTimer(_ => _ = AskAsync(), null, Pause, Pause);
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
