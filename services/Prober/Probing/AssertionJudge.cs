using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Skypunch.Contracts;

namespace Skypunch.Prober.Probing;

/// <summary>Whether an assertion holds of an answer. Pure.</summary>
internal static class AssertionJudge
{
    /// <summary>Why the assertion does not hold, with what is there instead; null: it holds.</summary>
    public static string? Fault(Assertion assertion, AnswerFacts facts)
    {
        try
        {
            return assertion switch
            {
                BodyContains(_, var wanted) => facts.Text.Contains(wanted, StringComparison.Ordinal)
                    ? null
                    : $"body does not contain '{wanted}'; it is {Body(facts)}",
                BodyMatches(_, var pattern) => pattern.IsMatch(facts.Text)
                    ? null
                    : $"body does not match '{pattern}'; it is {Body(facts)}",
                JsonEquals json => OfJson(json, facts),
                HeaderPresent(_, var name) => facts.Header(name) is null ? $"header {name} is not there" : null,
                HeaderMatches(_, var name, var pattern) => OfHeader(name, pattern, facts),
                LatencyUnder(_, var most) => facts.Latency < most
                    ? null
                    : $"latency is {Words.Of(facts.Latency)}, not under {Words.Of(most)}",
                CertificateValidFor(_, var days) => OfCertificate(days, facts),
                _ => throw new InvalidOperationException($"No judgement of {assertion.GetType().Name}."),
            };
        }
        catch (RegexMatchTimeoutException e)
        {
            return $"'{assertion.Text}' was given up after {Words.Of(e.MatchTimeout)}: the regular expression is too slow for this answer";
        }
    }

    private static string? OfJson(JsonEquals assertion, AnswerFacts facts)
    {
        JsonElement? found;
        try
        {
            found = assertion.Path.Find(facts.Json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: half a surrogate pair, escaped
        {
            return e is JsonException && facts.IsTooDeep
                ? $"body is JSON of more than {AnswerFacts.DeepestJson} levels, which is too deep to be judged"
                : $"body is not JSON; it is {Body(facts)}";
        }

        var path = assertion.Text["json".Length..assertion.Text.IndexOf("==", StringComparison.Ordinal)].Trim();
        if (found is not { } actual)
        {
            return $"json {path} is not there";
        }

        return IsEqual(actual, assertion.Wanted) ? null : $"json {path} is {facts.Show(actual.GetRawText())}, not {assertion.Wanted}";
    }

    // Half a surrogate pair, escaped, is no text that anything could be equal to.
    private static bool IsEqual(JsonElement actual, string wanted)
    {
        try
        {
            return Equal(actual, wanted);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // A text that is no JSON stands for itself: 'json $.state == up'.
    private static bool Equal(JsonElement actual, string wanted)
    {
        try
        {
            using var value = JsonDocument.Parse(wanted);
            return JsonEquality.Of(actual, value.RootElement)
                || (actual.ValueKind is JsonValueKind.String && actual.GetString() == wanted);
        }
        catch (JsonException)
        {
            return actual.ValueKind is JsonValueKind.String && actual.GetString() == wanted;
        }
    }

    private static string? OfHeader(string name, Regex pattern, AnswerFacts facts) => facts.Header(name) switch
    {
        null => $"header {name} is not there",
        var value when pattern.IsMatch(value) => null,
        var value => $"header {name} is '{facts.Show(value)}', which does not match '{pattern}'",
    };

    private static string? OfCertificate(int days, AnswerFacts facts)
    {
        if (facts.Certificate is not { NotAfter: var end, Host: var host })
        {
            return "there is no certificate: the answer came without TLS";
        }

        return end - facts.Now > TimeSpan.FromDays(days) ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"certificate of {host} is valid for {(end - facts.Now).TotalDays:0.#} days, to {Words.Of(end.UtcDateTime)}, not for more than {days}");
    }

    private static string Body(AnswerFacts facts) => facts.Text.Trim() is { Length: > 0 } text ? $"'{facts.Show(text)}'" : "empty";
}
