using System.Globalization;
using Skypunch.Contracts;

namespace Skypunch.Prober.Probing;

/// <summary>
/// What one probe did and where its time went. Keeps values and writes texts only when they are asked for: most probes pass, and nobody
/// reads their trace.
/// </summary>
internal sealed class ProbeTrace(TimeProvider clock)
{
    /// <summary>The most characters of a value: a target may send a header of 64 KiB.</summary>
    private const int LongestValue = 300;

    private static readonly string[] PhaseNames = [.. Enum.GetNames<ProbePhase>().Select(name => name.ToLowerInvariant())];

    private readonly long _started = clock.GetTimestamp();
    private readonly TimeSpan?[] _took = new TimeSpan?[PhaseNames.Length];
    private readonly List<Mark> _marks = new(12);
    private long _phaseStarted;

    /// <summary>When the probe began.</summary>
    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    /// <summary>The phase that runs now.</summary>
    public ProbePhase Phase { get; private set; } = ProbePhase.Request;

    /// <summary>The status of the target's answer; null as long as none has come.</summary>
    public int? StatusCode { get; set; }

    /// <summary>The beginning of the body of a 503, which may name the cause; null where there is none.</summary>
    public string? BodyStart { get; set; }

    /// <summary>Where the time went.</summary>
    public ProbeTimings Timings => new(
        _took[(int)ProbePhase.Auth],
        _took[(int)ProbePhase.Dns],
        _took[(int)ProbePhase.Connect],
        _took[(int)ProbePhase.Tls],
        _took[(int)ProbePhase.Wait],
        _took[(int)ProbePhase.Transfer]);

    /// <summary>A phase begins.</summary>
    public void Begin(ProbePhase phase)
    {
        Phase = phase;
        _phaseStarted = clock.GetTimestamp();
    }

    /// <summary>The running phase is over.</summary>
    /// <param name="outcome">Ok is shown as [OK], Fail as [FAIL] with the reason.</param>
    /// <param name="words">What was found, with {0} to {2} for the values.</param>
    /// <param name="first">The value of {0}.</param>
    /// <param name="second">The value of {1}.</param>
    /// <param name="third">The value of {2}.</param>
    public void End(StepOutcome outcome, string words, object? first = null, object? second = null, object? third = null)
    {
        var now = clock.GetTimestamp();
        var took = _phaseStarted == 0 ? TimeSpan.Zero : clock.GetElapsedTime(_phaseStarted, now);
        _took[(int)Phase] = _took[(int)Phase].GetValueOrDefault() + took;
        _marks.Add(new Mark(Phase, now, took, outcome, words, first, second, third));
    }

    /// <summary>Something worth knowing within the running phase.</summary>
    /// <param name="words">What was found, with {0} to {2} for the values.</param>
    /// <param name="first">The value of {0}.</param>
    /// <param name="second">The value of {1}.</param>
    /// <param name="third">The value of {2}.</param>
    public void Remark(string words, object? first = null, object? second = null, object? third = null)
        => _marks.Add(new Mark(Phase, clock.GetTimestamp(), TimeSpan.Zero, StepOutcome.None, words, first, second, third));

    /// <summary>A step that was measured elsewhere, such as a call that several probes wait for. The running phase goes on.</summary>
    /// <param name="phase">The phase to show it under.</param>
    /// <param name="at">When it ended, as a timestamp of the trace's clock.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="outcome">Ok is shown as [OK], Fail as [FAIL] with the reason.</param>
    /// <param name="words">What was found, with {0} to {2} for the values.</param>
    /// <param name="first">The value of {0}.</param>
    /// <param name="second">The value of {1}.</param>
    /// <param name="third">The value of {2}.</param>
    public void Step(
        ProbePhase phase,
        long at,
        TimeSpan took,
        StepOutcome outcome,
        string words,
        object? first = null,
        object? second = null,
        object? third = null)
        => _marks.Add(new Mark(phase, at, took, outcome, words, first, second, third));

    /// <summary>The running phase is the last, or the one at which the probe failed.</summary>
    public void EndProbe(bool passed) => End(passed ? StepOutcome.Ok : StepOutcome.Fail, Phase switch
    {
        ProbePhase.Auth => TraceWords.Authentication,
        ProbePhase.Dns => TraceWords.NameResolution,
        ProbePhase.Connect => TraceWords.Connection,
        ProbePhase.Tls => TraceWords.TlsHandshake,
        ProbePhase.Request => TraceWords.Request,
        _ => TraceWords.Response,
    });

    /// <summary>Writes the trace. What the target had to say is masked and then shortened, our own words are not.</summary>
    public IReadOnlyList<ProbeStep> Write(SecretMask mask)
    {
        return _marks.ConvertAll(mark => new ProbeStep(
            PhaseNames[(int)mark.Phase],
            StartedAt + clock.GetElapsedTime(_started, mark.At),
            mark.Took,
            string.Format(CultureInfo.InvariantCulture, mark.Words, Show(mark.First), Show(mark.Second), Show(mark.Third)),
            mark.Outcome));

        string Show(object? value) => value is null ? "" : Words.Cap(mask.Apply(Words.Of(value)), LongestValue);
    }

    private readonly record struct Mark(
        ProbePhase Phase,
        long At,
        TimeSpan Took,
        StepOutcome Outcome,
        string Words,
        object? First,
        object? Second,
        object? Third);
}
