using System.Text;

namespace Skypunch.Contracts.Filters;

/// <summary>The text of a filter and how far it is read. Where a method returns null, <see cref="Fault"/> says why, or will.</summary>
internal sealed class FilterCursor(string text)
{
    private const string EndsOfField = " \t\r\n()\"'=!<>:";
    private const string EndsOfValue = " \t\r\n()\"'";

    // No sign is the begin of a later one, so the first that fits is the right one.
    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "<>", "=", "<", ">", ":", "~"];

    /// <summary>Where the next character is, from 0.</summary>
    public int At { get; private set; }

    /// <summary>What is wrong; null as long as nothing is.</summary>
    public string? Fault { get; private set; }

    public bool IsAtEnd => At == text.Length;

    /// <summary>Says what is wrong at a position, which people count from 1. The first fault stays.</summary>
    public Filter? Refuse(int at, string words)
    {
        Fault ??= FormattableString.Invariant($"at character {at + 1}: {words}");
        return null;
    }

    public void SkipBlanks()
    {
        while (At < text.Length && char.IsWhiteSpace(text[At]))
        {
            At++;
        }
    }

    /// <summary>Takes a bracket if it is next, and the blanks after it.</summary>
    public bool Take(char bracket)
    {
        if (IsAtEnd || text[At] != bracket)
        {
            return false;
        }

        At++;
        SkipBlanks();
        return true;
    }

    /// <summary>Takes one of the words if it is next, in upper or lower case, and the blanks after it. Null: none of them is.</summary>
    public string? TakeWord(params ReadOnlySpan<string> words)
    {
        var from = At;
        var given = Upto(EndsOfField);
        foreach (var word in words)
        {
            if (given.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        At = from;
        return null;
    }

    /// <summary>Takes a field, in lower case, and the blanks after it; empty where there is none.</summary>
    public string Field() => Upto(EndsOfField).ToLowerInvariant();

    /// <summary>
    /// Takes what is next of the signs that people use for comparisons, known to filters or not, and the blanks after it; empty where there
    /// is none.
    /// </summary>
    public string Sign()
    {
        var sign = Array.Find(Signs, sign => text.AsSpan(At).StartsWith(sign)) ?? "";
        At += sign.Length;
        SkipBlanks();
        return sign;
    }

    /// <summary>
    /// Takes a value: a text in quotes, or all up to a blank, bracket or quote. Null: there is none, or its other quote is missing.
    /// </summary>
    public FilterValue? Value()
    {
        var from = At;
        if (!IsAtEnd && text[At] is '"' or '\'')
        {
            return Quoted(text[At]) is { } quoted ? new FilterValue(from, quoted, IsQuoted: true) : null;
        }

        var word = Upto(EndsOfValue);
        if (word.Length > 0)
        {
            return new FilterValue(from, word, IsQuoted: false);
        }

        Refuse(from, "a value is missing; a text with blanks or brackets stands in quotes");
        return null;
    }

    private string? Quoted(char quote)
    {
        var (from, value) = (At, new StringBuilder());
        for (At++; At < text.Length; At++)
        {
            if (text[At] == quote)
            {
                At++;
                SkipBlanks();
                return value.ToString();
            }

            if (text[At] == '\\' && At + 1 < text.Length && text[At + 1] is '\\' or '"' or '\'')
            {
                At++; // what stands behind a backslash is taken as it is
            }

            value.Append(text[At]);
        }

        Refuse(from, $"a text begins with {quote}, and the {quote} at its end is missing");
        return null;
    }

    private string Upto(string ends)
    {
        var from = At;
        At = text.AsSpan(from).IndexOfAny(ends) is >= 0 and var length ? from + length : text.Length;
        var word = text[from..At];
        SkipBlanks();
        return word;
    }
}

/// <summary>A value in a filter.</summary>
/// <param name="At">Where it begins, from 0.</param>
/// <param name="Text">The value.</param>
/// <param name="IsQuoted">Whether it stands in quotes, and so is nothing but a text.</param>
internal sealed record FilterValue(int At, string Text, bool IsQuoted)
{
    /// <summary>Whether it asks for any value at all.</summary>
    public bool IsStar => !IsQuoted && Text == "*";
}
