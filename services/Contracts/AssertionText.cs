using System.Diagnostics.CodeAnalysis;

namespace Skypunch.Contracts;

/// <summary>
/// Assertions as text, one a line: <c>body not contains error</c>, <c>json $.state == "up"</c>, <c>json $.queue &lt; 100</c>, <c>header ETag present</c>,
/// <c>latency &lt; 500ms</c>, <c>certificate &gt; 14d</c>. All of them stand in docs/assertions.md.
/// </summary>
public static class AssertionText
{
    /// <summary>The most assertions of a target.</summary>
    public const int Most = 32;

    /// <summary>The most characters of one.</summary>
    public const int Longest = 1024;

    /// <summary>Reads the text of a row, in which what earlier versions took keeps its meaning. An empty one has no assertions.</summary>
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

    /// <summary>Reads an assertion that somebody makes now.</summary>
    /// <param name="text">One line.</param>
    /// <param name="assertion">The assertion.</param>
    /// <param name="error">What is wrong, at which column, as the end of a sentence, and what to do.</param>
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

    // Half a surrogate pair is no character, and no regular expression or value of JSON either.
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
