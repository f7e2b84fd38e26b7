using System.Globalization;
using Skypunch.Contracts;
using Skypunch.Prober.Http;

namespace Skypunch.Prober.Probing;

/// <summary>
/// What one probe did and where its time went. Keeps values and writes texts only when they are asked for: most probes pass, and nobody
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

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    /// <summary>The phase that runs now.</summary>
    public ProbePhase Phase { get; private set; } = ProbePhase.Request;

    /// <summary>The answer, as far as it has come; null as long as none has. That of the last hop, where redirects are followed.</summary>
    public Answer? Answer { get; set; }

    /// <summary>The status of the answer.</summary>
    public int? StatusCode => Answer?.Status;

    /// <summary>The certificate that ends first, of all that the servers of all hops have shown on the ways that were found to be good; null without TLS.</summary>
    public CertificateEnd? Certificate { get; private set; }

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

    /// <summary>Something that was done with a time of its own, perhaps for several probes at once.</summary>
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

    /// <summary>A server has shown its certificates.</summary>
    /// <param name="notAfter">When the first of them ends; null where that cannot be told.</param>
    /// <param name="host">Which server.</param>
    public void Shown(DateTimeOffset? notAfter, string host)
    {
        if (notAfter is { } end && (Certificate is null || end < Certificate.NotAfter))
        {
            Certificate = new CertificateEnd(end, host);
        }
    }

    /// <summary>The headers of an answer are there.</summary>
    public void Received(Answer answer)
    {
        Answer = answer;
        if (Phase is ProbePhase.Wait)
        {
            FirstByte(); // no stream has told, as that of HTTP/2 carries more than the answer
        }

        Remark("Received {0} {1}", answer.Status, answer.StatusWords);
        Remark(AllHeaders, answer);
    }

    /// <summary>The request is sent.</summary>
    public void Sent()
    {
        End(StepOutcome.Ok, TraceWords.Request);
        Begin(ProbePhase.Wait);
    }

    /// <summary>The server took a part of the request only; perhaps it has answered.</summary>
    public void SentInPart()
    {
        End(StepOutcome.None, "The server did not take the whole request");
        Begin(ProbePhase.Wait);
    }

    /// <summary>The answer begins.</summary>
    public void FirstByte()
    {
        End(StepOutcome.None, "First byte of the answer");
        Begin(ProbePhase.Transfer);
    }

    /// <summary>An assertion was judged.</summary>
    /// <param name="assertion">As the operator has written it.</param>
    /// <param name="fault">Why it does not hold; null: it does.</param>
    public void Judged(string assertion, string? fault)
    {
        var outcome = fault is null ? StepOutcome.Ok : StepOutcome.Fail;
        _marks.Add(new Mark(Phase, clock.GetTimestamp(), TimeSpan.Zero, outcome, "Assertion: {0}", assertion) { Why = fault });
    }

    /// <summary>The running phase is the last, or the one at which the probe failed.</summary>
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

    /// <summary>Writes the trace. What the target had to say is masked and then shortened, our own words are not.</summary>
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

    // Most headers of most answers are never read.
    private static IEnumerable<Mark> Expand(Mark mark)
        => ReferenceEquals(mark.Words, AllHeaders)
            ? ((Answer)mark.First!).TellingHeaders().Select(header => mark with { Words = "{0}: {1}", First = header.Name, Second = header.Value })
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
