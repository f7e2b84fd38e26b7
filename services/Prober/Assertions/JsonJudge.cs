using System.Globalization;
using System.Text.Json;
using Skypunch.Contracts.Texts;

namespace Skypunch.Prober.Assertions;

/// <summary>
/// Whether an assertion about JSON holds of a body. A value that is not there fulfils no assertion but 'absent': an answer without the
/// value that is judged is no good answer (decision 24). Pure.
/// </summary>
internal static class JsonJudge
{
    private const string NoJson = "See whether the URL is that of the service's API, and whether a proxy or a login page answers in its place.";
    private const string NoValue = "See in the body what the service calls the value now; a name is told from another by its small and capital letters, too.";

    /// <summary>Why the assertion does not hold; null: it holds.</summary>
    public static AssertionFault? Fault(JsonAssertion assertion, AnswerFacts facts)
    {
        JsonElement? found;
        try
        {
            found = assertion.Path.Find(facts.Json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: an escaped half of a surrogate pair
        {
            return e is JsonException && facts.IsTooDeep
                ? $"body is JSON of more than {AnswerFacts.DeepestJson} levels, which is too deep to be judged"
                : new AssertionFault($"body is not JSON; it is {facts.ShownBody}", NoJson);
        }

        if (found is not { } actual)
        {
            return assertion is JsonExists { IsNegative: true } ? null : new AssertionFault($"json {assertion.Path} is not there", NoValue);
        }

        if (assertion is JsonExists)
        {
            return assertion.IsNegative ? $"json {assertion.Path} is there: {facts.Show(actual.GetRawText())}" : null;
        }

        return Unlike(assertion, actual) is { } unlike ? $"json {assertion.Path} is {facts.Show(actual.GetRawText())}, {unlike}" : null;
    }

    // How the value differs from what it must be, as the end of a sentence; null: it does not differ.
    private static string? Unlike(JsonAssertion assertion, JsonElement actual) => assertion switch
    {
        JsonEquals equals => IsEqual(actual, equals.Wanted) != equals.IsNegative ? null : equals.IsNegative ? "which it must not be" : $"not {equals.Wanted}",
        JsonCompares compares => OfNumber(compares, actual),
        JsonLength length => OfLength(length, actual),
        JsonMatches matches => OfPattern(matches, actual),
        _ => throw new InvalidOperationException($"No judgement of {assertion.GetType().Name}."),
    };

    private static string? OfNumber(JsonCompares assertion, JsonElement actual)
    {
        var wanted = $"{assertion.Comparison.Sign()} {assertion.Number}";
        if (actual.ValueKind is not JsonValueKind.Number)
        {
            return $"no number, and must be {wanted}";
        }

        var order = JsonNumber.Of(actual.GetRawText()).CompareTo(JsonNumber.Of(assertion.Number));
        return assertion.Comparison.Holds(order) ? null : $"not {wanted}";
    }

    private static string? OfLength(JsonLength assertion, JsonElement actual)
    {
        var wanted = string.Create(CultureInfo.InvariantCulture, $"{assertion.Comparison.Sign()} {assertion.Length}");
        return JsonTexts.LengthOf(actual) switch
        {
            null => $"which has no length, and must have one {wanted}",
            { } length when assertion.Comparison.Holds(length.CompareTo(assertion.Length)) => null,
            { } length => string.Create(CultureInfo.InvariantCulture, $"of length {length}, not {wanted}"),
        };
    }

    private static string? OfPattern(JsonMatches assertion, JsonElement actual)
    {
        var isMatch = (JsonTexts.Of(actual) ?? actual.GetRawText()) is var text && assertion.Pattern.IsMatch(text);
        return isMatch != assertion.IsNegative ? null : $"which {(isMatch ? "matches" : "does not match")} '{assertion.Pattern}'";
    }

    // A text that is no JSON stands for itself: 'json $.state == up'. An escaped half of a surrogate pair equals nothing.
    private static bool IsEqual(JsonElement actual, string wanted)
    {
        if (JsonTexts.Of(actual) == wanted)
        {
            return true;
        }

        try
        {
            using var value = JsonDocument.Parse(wanted);
            return JsonEquality.Of(actual, value.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
