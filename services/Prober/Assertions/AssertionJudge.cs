using System.Globalization;
using System.Text.RegularExpressions;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Assertions;

/// <summary>Whether an assertion holds of an answer. Pure.</summary>
internal static class AssertionJudge
{
    /// <summary>Why the assertion does not hold, with what is there instead; null: it holds.</summary>
    public static AssertionFault? Fault(Assertion assertion, AnswerFacts facts)
    {
        try
        {
            return assertion switch
            {
                BodyContains contains => OfContent(contains, facts),
                BodyMatches matches => OfPattern(matches, facts),
                JsonAssertion json => JsonJudge.Fault(json, facts),
                HeaderPresent present => OfPresence(present, facts),
                HeaderMatches matches => OfHeader(matches, facts),
                Latency latency => OfLatency(latency, facts),
                CertificateValidFor certificate => OfCertificate(certificate.Days, facts),
                _ => throw new InvalidOperationException($"No judgement of {assertion.GetType().Name}."),
            };
        }
        catch (RegexMatchTimeoutException e)
        {
            return $"'{assertion.Text}' was given up after {Words.Of(e.MatchTimeout)}: the regular expression is too slow for this answer";
        }
    }

    private static AssertionFault? OfContent(BodyContains assertion, AnswerFacts facts)
    {
        var (at, length) = (facts.Text.IndexOf(assertion.Wanted, StringComparison.Ordinal), assertion.Wanted.Length);
        if (at >= 0 != assertion.IsNegative)
        {
            return null;
        }

        return at < 0
            ? $"body does not contain '{assertion.Wanted}'; it is {facts.ShownBody}"
            : $"body contains '{assertion.Wanted}': '{facts.ShowAround(at, length)}'";
    }

    private static AssertionFault? OfPattern(BodyMatches assertion, AnswerFacts facts)
    {
        var match = assertion.Pattern.Match(facts.Text);
        if (match.Success != assertion.IsNegative)
        {
            return null;
        }

        return match.Success
            ? $"body matches '{assertion.Pattern}': '{facts.ShowAround(match.Index, match.Length)}'"
            : $"body does not match '{assertion.Pattern}'; it is {facts.ShownBody}";
    }

    private static AssertionFault? OfPresence(HeaderPresent assertion, AnswerFacts facts) => (facts.Header(assertion.Name), assertion.IsNegative) switch
    {
        (null, false) => $"header {assertion.Name} is not there",
        ({ } value, true) => $"header {assertion.Name} is there: '{facts.Show(value)}'",
        _ => null,
    };

    private static AssertionFault? OfHeader(HeaderMatches assertion, AnswerFacts facts)
    {
        if (facts.Header(assertion.Name) is not { } value)
        {
            return $"header {assertion.Name} is not there";
        }

        var isMatch = assertion.Pattern.IsMatch(value);
        return isMatch != assertion.IsNegative
            ? null
            : $"header {assertion.Name} is '{facts.Show(value)}', which {(isMatch ? "matches" : "does not match")} '{assertion.Pattern}'";
    }

    private static AssertionFault? OfLatency(Latency assertion, AnswerFacts facts)
    {
        var isUnder = assertion.Comparison is Comparison.Less;
        return assertion.Comparison.Holds(facts.Latency.CompareTo(assertion.Limit)) ? null : new AssertionFault(
            $"latency is {Words.Of(facts.Latency)}, not {(isUnder ? "under" : "over")} {Words.Of(assertion.Limit)}",
            isUnder ? "See in the trace which step takes the time: the latency is that of the whole probe, but for the login." : null);
    }

    private static AssertionFault? OfCertificate(int days, AnswerFacts facts)
    {
        if (facts.Certificate is not { NotAfter: var end, Host: var host })
        {
            return "there is no certificate: the answer came without TLS";
        }

        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"certificate of {host} is valid for {(end - facts.Now).TotalDays:0.#} days, to {Words.Of(end.UtcDateTime)}, not for more than {days}");
        return end - facts.Now > TimeSpan.FromDays(days) ? null : new AssertionFault(words, $"Renew the certificate of {host}.");
    }
}
