using System.Diagnostics.CodeAnalysis;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// Assertions as text, one per line: <c>body not contains error</c>, <c>json $.state == "up"</c>, <c>json $.queue &lt; 100</c>, <c>header
/// ETag present</c>, <c>latency &lt; 500ms</c>, <c>certificate &gt; 14d</c>. docs/assertions.md describes all of them.
/// </summary>
public static class AssertionText
{
    /// <summary>The most assertions of a target.</summary>
    public const int Most = 32;

    /// <summary>The most characters of an assertion.</summary>
    public const int Longest = 1024;

    /// <summary>Reads the text of a row. What earlier releases accepted is read as they read it. An empty text has no assertions.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="assertions">The assertions, in order.</param>
    /// <param name="error">What is wrong and what to do, as the end of a sentence that begins with the name of the text.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out IReadOnlyList<Assertion>? assertions,
        [NotNullWhen(false)] out string? error)
    {
        var found = new List<Assertion>();
        assertions = null;
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryRead(line, isStored: true, out var assertion, out error))
            {
                return false;
            }

            found.Add(assertion);
        }

        error = found.Count > Most ? $"must be {Most} at the most" : null;
        assertions = error is null ? found : null;
        return error is null;
    }

    /// <summary>Reads a new assertion, which follows the rules of this release.</summary>
    /// <param name="text">The assertion, one line.</param>
    /// <param name="assertion">The assertion.</param>
    /// <param name="error">What is wrong at which column, and what to do, as the end of a sentence.</param>
    public static bool TryParseOne(
        string text,
        [NotNullWhen(true)] out Assertion? assertion,
        [NotNullWhen(false)] out string? error)
        => TryRead(text, isStored: false, out assertion, out error);

    private static bool TryRead(
        string text,
        bool isStored,
        [NotNullWhen(true)] out Assertion? assertion,
        [NotNullWhen(false)] out string? error)
    {
        assertion = null;
        if (text.Length > Longest || text.Any(char.IsControl) || !IsWhole(text))
        {
            error = $"must be one line of at most {Longest} characters each";
            return false;
        }

        var cursor = new AssertionCursor(text);
        assertion = new AssertionReader(cursor, isStored).Read();
        error = assertion is null ? $"has '{text}', but {cursor.Fault}" : null;
        return assertion is not null;
    }

    // Half a surrogate pair is no character, so it can stand neither in a regular expression nor in a JSON value.
    private static bool IsWhole(string text)
    {
        for (var at = 0; at < text.Length; at += char.IsSurrogate(text[at]) ? 2 : 1)
        {
            if (char.IsSurrogate(text[at]) && !char.IsSurrogatePair(text, at))
            {
                return false;
            }
        }

        return true;
    }
}
