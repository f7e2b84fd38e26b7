using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Assertions;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Probing;

/// <summary>Judges all assertions of a probe whose answer has come with an expected status; each is a step of the trace.</summary>
internal static class AssertionRound
{
    /// <summary>Why the probe fails; null: all assertions hold.</summary>
    public static ProbeFailure? Judge(ProbeRun run, DateTimeOffset now)
    {
        var (request, trace) = (run.Request, run.Trace);
        if (request.Assertions.Count == 0 || trace.Answer is not { } answer)
        {
            return null;
        }

        if (request.JudgesBody && answer.CutAt is { } cut)
        {
            return new ProbeFailure(ProbeReasons.BodyTooLarge, $"the body is too large for its assertions: it has more than {cut} bytes");
        }

        trace.Begin(ProbePhase.Assertion);
        using var facts = new AnswerFacts(answer, trace.Elapsed - trace.Timings.Auth.GetValueOrDefault(), trace.Certificate, now, run.Mask);
        var (faults, isOfTime) = (new List<AssertionFault>(), true);
        foreach (var assertion in request.Assertions)
        {
            // A slow expression must not make the probe longer than its deadline.
            var isInTime = trace.Elapsed < request.Timeout;
            var fault = isInTime
                ? AssertionJudge.Fault(assertion, facts)
                : new AssertionFault($"'{assertion.Text}' was not judged, as the probe's {Words.Of(request.Timeout)} were over");
            trace.Judged(assertion.Text, fault?.Words);
            if (fault is not null)
            {
                faults.Add(fault);
                isOfTime &= assertion is Latency { Comparison: Comparison.Less } || !isInTime;
            }
        }

        return faults.Count == 0 ? null : new ProbeFailure(
            ProbeReasons.AssertionFailed,
            string.Join("; ", faults.Select(fault => fault.Words)),
            faults.Select(fault => fault.Advice).FirstOrDefault(advice => advice is not null))
        {
            IsOfTime = isOfTime,
        };
    }
}
