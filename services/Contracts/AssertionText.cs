using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Skypunch.Contracts;

/// <summary>
/// Assertions as text, one a line: <c>body contains OK</c>, <c>body matches ^v\d</c>, <c>json $.state == "up"</c>, <c>header ETag present</c>,
/// <c>header Content-Type matches json</c>, <c>latency &lt; 500ms</c>, <c>certificate &gt; 14d</c>.
/// </summary>
public static class AssertionText
{
    /// <summary>The most assertions of a target.</summary>
    public const int Most = 32;

    /// <summary>The most characters of one.</summary>
    public const int Longest = 1024;

    /// <summary>How one may be written, for errors and help.</summary>
    public const string Forms =
        "'body contains TEXT', 'body matches REGEX', 'json $.path == VALUE', 'header NAME present', 'header NAME matches REGEX', "
        + "'latency < 500ms' or 'certificate > 14d'";

    /// <summary>How long one match may take: a pattern can go back and forth for ever (docs of <see cref="Regex"/>, "backtracking").</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads the text. An empty one has no assertions.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="assertions">The assertions, in order.</param>
    /// <param name="error">What is wrong, as the end of a sentence that begins with the name of the text, and what to do.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out IReadOnlyList<Assertion>? assertions,
        [NotNullWhen(false)] out string? error)
    {
        var found = new List<Assertion>();
        assertions = null;
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParseOne(line, out var assertion, out error))
            {
                return false;
            }

            found.Add(assertion);
        }

        error = found.Count > Most ? $"must be {Most} at the most" : null;
        assertions = error is null ? found : null;
        return error is null;
    }

    /// <summary>Reads one assertion.</summary>
    /// <param name="text">One line.</param>
    /// <param name="assertion">The assertion.</param>
    /// <param name="error">What is wrong, as the end of a sentence, and what to do.</param>
    public static bool TryParseOne(
        string text,
        [NotNullWhen(true)] out Assertion? assertion,
        [NotNullWhen(false)] out string? error)
    {
        assertion = null;
        if (text.Length > Longest || text.Any(char.IsControl))
        {
            error = $"must be one line of at most {Longest} characters each";
            return false;
        }

        try
        {
            assertion = Read(text);
            error = assertion is null ? $"has '{text}', but must be {Forms}" : null;
        }
        catch (RegexParseException e)
        {
            error = $"has '{text}', whose regular expression is not valid: {e.Message.TrimEnd('.')}";
        }

        return assertion is not null;
    }

    private static Assertion? Read(string text)
    {
        var (subject, rest) = Word(text);
        var (second, last) = Word(rest);
        return (subject.ToLowerInvariant(), second.ToLowerInvariant()) switch
        {
            ("body", "contains") when last.Length > 0 => new BodyContains(text, last),
            ("body", "matches") when last.Length > 0 => new BodyMatches(text, PatternOf(last)),
            ("json", _) => ReadJson(text, rest),
            ("header", _) => ReadHeader(text, second, last),
            ("latency", "<") when TryDuration(last, out var most) => new LatencyUnder(text, most),
            ("certificate", ">") when TryDays(last, out var days) => new CertificateValidFor(text, days),
            _ => null,
        };
    }

    private static JsonEquals? ReadJson(string text, string rest)
    {
        var at = rest.IndexOf("==", StringComparison.Ordinal);
        return at > 0 && JsonPath.TryParse(rest[..at].TrimEnd(), out var path) && rest[(at + 2)..].Trim() is { Length: > 0 } wanted
            ? new JsonEquals(text, path, wanted)
            : null;
    }

    private static Assertion? ReadHeader(string text, string name, string rest)
    {
        var (verb, pattern) = Word(rest);
        return verb.ToLowerInvariant() switch
        {
            "present" when pattern.Length == 0 => new HeaderPresent(text, name),
            "matches" when pattern.Length > 0 => new HeaderMatches(text, name, PatternOf(pattern)),
            _ => null,
        };
    }

    private static (string First, string Tail) Word(string text)
        => text.IndexOf(' ') is var at && at < 0 ? (text, "") : (text[..at], text[(at + 1)..].TrimStart());

    // Without backtracking a pattern is matched in linear time; a few constructs, such as lookaheads, cannot do without.
    private static Regex PatternOf(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
        }
    }

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        var unit = text.EndsWith("ms", StringComparison.Ordinal) ? "ms" : text.EndsWith('s') ? "s" : "";
        var isNumber = double.TryParse(text[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        duration = isNumber && number <= 300_000 ? TimeSpan.FromMilliseconds(unit == "ms" ? number : number * 1000) : default;
        return isNumber && unit.Length > 0 && duration > TimeSpan.Zero && duration <= TimeSpan.FromMinutes(5);
    }

    private static bool TryDays(string text, out int days)
        => int.TryParse(text.EndsWith('d') ? text[..^1].TrimEnd() : "", NumberStyles.None, CultureInfo.InvariantCulture, out days) && days <= 3650;
}
