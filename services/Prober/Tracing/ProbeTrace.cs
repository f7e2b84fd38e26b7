using System.Globalization;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Answers;

namespace Skypunch.Prober.Tracing;

/// <summary>
/// What a probe did and where its time went. It keeps values and writes texts only when they are asked for: most probes pass, and nobody
/// reads their trace.
/// </summary>
internal sealed class ProbeTrace(TimeProvider clock)
{
    /// <summary>The most characters of a value: a target may send a header of 64 KiB.</summary>
    private const int LongestValue = 300;

    private const string AllHeaders = "{0}";

    private static readonly string[] PhaseNames = [.. Enum.GetNames<ProbePhase>().Select(name => name.ToLowerInvariant())];

    private readonly long _started = clock.GetTimestamp();
    private readonly TimeSpan?[] _took = new TimeSpan?[PhaseNames.Length];
    private readonly List<Mark> _marks = new(12);
    private long _phaseStarted;

    /// <summary>When the probe began.</summary>
    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    /// <summary>How long the probe has taken so far.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    /// <summary>The phase that runs now.</summary>
    public ProbePhase Phase { get; private set; } = ProbePhase.Request;

    /// <summary>
    /// The answer as far as it has come; null before it comes. Where redirects are followed, it is that of the last request.
    /// </summary>
    public Answer? Answer { get; set; }

    /// <summary>The status of the answer.</summary>
    public int? StatusCode => Answer?.Status;

    /// <summary>The certificate that ends first on the judged paths of all servers that the probe has asked; null without TLS.</summary>
    public CertificateEnd? Certificate { get; private set; }

    /// <summary>How long the phases took.</summary>
    public ProbeTimings Timings => new(
        _took[(int)ProbePhase.Auth],
        _took[(int)ProbePhase.Dns],
        _took[(int)ProbePhase.Connect],
        _took[(int)ProbePhase.Tls],
        _took[(int)ProbePhase.Wait],
        _took[(int)ProbePhase.Transfer]);

    /// <summary>Begins a phase.</summary>
    public void Begin(ProbePhase phase)
    {
        Phase = phase;
        _phaseStarted = clock.GetTimestamp();
    }

    /// <summary>Ends the current phase.</summary>
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

    /// <summary>Adds a remark to the current phase.</summary>
    /// <param name="words">What was found, with {0} to {2} for the values.</param>
    /// <param name="first">The value of {0}.</param>
    /// <param name="second">The value of {1}.</param>
    /// <param name="third">The value of {2}.</param>
    public void Remark(string words, object? first = null, object? second = null, object? third = null)
        => _marks.Add(new Mark(Phase, clock.GetTimestamp(), TimeSpan.Zero, StepOutcome.None, words, first, second, third));

    /// <summary>Adds a step with a time of its own, which may have been done for several probes at once.</summary>
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

    /// <summary>Notes that a server has sent its certificates.</summary>
    /// <param name="notAfter">When the first of them ends; null where that is not known.</param>
    /// <param name="host">The server.</param>
    public void Shown(DateTimeOffset? notAfter, string host)
    {
        if (notAfter is { } end && (Certificate is null || end < Certificate.NotAfter))
        {
            Certificate = new CertificateEnd(end, host);
        }
    }

    /// <summary>Notes that the headers of an answer have come.</summary>
    public void Received(Answer answer)
    {
        Answer = answer;
        if (Phase is ProbePhase.Wait)
        {
            FirstByte(); // of HTTP/2, whose stream carries more than the answer, the first byte is not seen
        }

        Remark("Received {0} {1}", answer.Status, answer.StatusWords);
        Remark(AllHeaders, answer);
    }

    /// <summary>Notes that the request is sent.</summary>
    public void Sent()
    {
        End(StepOutcome.Ok, TraceWords.Request);
        Begin(ProbePhase.Wait);
    }

    /// <summary>Notes that the server took a part of the request only. It may have answered.</summary>
    public void SentInPart()
    {
        End(StepOutcome.None, "The server did not take the whole request");
        Begin(ProbePhase.Wait);
    }

    /// <summary>Notes that the answer begins.</summary>
    public void FirstByte()
    {
        End(StepOutcome.None, "First byte of the answer");
        Begin(ProbePhase.Transfer);
    }

    /// <summary>Notes that an assertion was judged.</summary>
    /// <param name="assertion">The assertion as the operator has written it.</param>
    /// <param name="fault">Why it does not hold; null: it holds.</param>
    public void Judged(string assertion, string? fault)
    {
        var outcome = fault is null ? StepOutcome.Ok : StepOutcome.Fail;
        _marks.Add(new Mark(Phase, clock.GetTimestamp(), TimeSpan.Zero, outcome, "Assertion: {0}", assertion) { Why = fault });
    }

    /// <summary>Ends the current phase, which is the last one, or the one in which the probe failed.</summary>
    public void EndProbe(bool passed) => End(passed ? StepOutcome.Ok : StepOutcome.Fail, Phase switch
    {
        ProbePhase.Auth => TraceWords.Authentication,
        ProbePhase.Dns => TraceWords.NameResolution,
        ProbePhase.Connect => TraceWords.Connection,
        ProbePhase.Proxy => TraceWords.ProxyTunnel,
        ProbePhase.Tls => TraceWords.TlsHandshake,
        ProbePhase.Request => TraceWords.Request,
        _ => TraceWords.Response,
    });

    /// <summary>Writes the trace. The values, which may be the target's, are masked and then shortened; our own words are not.</summary>
    public IReadOnlyList<ProbeStep> Write(SecretMask mask)
    {
        return [.. _marks.SelectMany(Expand).Select(mark => new ProbeStep(
            PhaseNames[(int)mark.Phase],
            StartedAt + clock.GetElapsedTime(_started, mark.At),
            mark.Took,
            string.Format(CultureInfo.InvariantCulture, mark.Words, Show(mark.First), Show(mark.Second), Show(mark.Third)),
            mark.Outcome,
            mark.Why is { } why ? Words.Cap(mask.Apply(OneLine.Of(why)), LongestValue) : null))];

        string Show(object? value) => value switch
        {
            null => "",
            BodyExcerpt excerpt => Words.Cap(mask.Apply(OneLine.Of(excerpt.Text)), BodyExcerpt.Longest),
            _ => Words.Cap(mask.Apply(Words.Of(value)), LongestValue),
        };
    }

    // The headers are read only now, since most headers of most answers are never shown.
    private static IEnumerable<Mark> Expand(Mark mark)
        => ReferenceEquals(mark.Words, AllHeaders)
            ? ((Answer)mark.First!).ShownHeaders().Select(header => mark with { Words = "{0}: {1}", First = header.Name, Second = header.Value })
            : [mark];

    private readonly record struct Mark(
        ProbePhase Phase,
        long At,
        TimeSpan Took,
        StepOutcome Outcome,
        string Words,
        object? First = null,
        object? Second = null,
        object? Third = null)
    {
        public string? Why { get; init; }
    }
}
