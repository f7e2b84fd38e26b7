using System.Text.RegularExpressions;

namespace Skypunch.Contracts.Texts;

/// <summary>The text of an assertion and how far it is read. Where a method returns null, <see cref="Fault"/> says why.</summary>
internal sealed class AssertionCursor(string text)
{
    private const string EndsOfWord = " <>=!";

    public string Text => text;

    public int At { get; set; }

    /// <summary>What is wrong; null as long as nothing is wrong.</summary>
    public TextFault? Fault { get; private set; }

    public Assertion? Refuse(int at, string words) => Refuse(new TextFault(at, words));

    public Assertion? Refuse(TextFault? fault)
    {
        Fault = fault;
        return null;
    }

    public void SkipBlanks()
    {
        while (At < text.Length && text[At] == ' ')
        {
            At++;
        }
    }

    /// <summary>Reads a word, and skips the blanks after it. The word is returned in lower case; it is empty where there is none.</summary>
    public string Word() => Upto(EndsOfWord).ToLowerInvariant();

    /// <summary>Reads up to the next blank, and skips the blanks.</summary>
    public string UptoBlank() => Upto(" ");

    /// <summary>Reads a word if it is the next one, and returns whether it is.</summary>
    public bool TakeWord(string word)
    {
        var from = At;
        var isThere = Word() == word;
        At = isThere ? At : from;
        return isThere;
    }

    /// <summary>Reads a sign of a comparison, and skips the blanks after it. Null where no sign is next, which is no fault yet.</summary>
    public Comparison? Sign()
    {
        var found = Array.FindIndex(Comparisons.Signs, sign => text.AsSpan(At).StartsWith(sign));
        if (found < 0)
        {
            return null;
        }

        At += Comparisons.Signs[found].Length;
        SkipBlanks();
        return (Comparison)found;
    }

    /// <summary>Reads all that is left, which must not be empty.</summary>
    /// <param name="what">What the fault says is missing.</param>
    public string? Rest(string what)
    {
        if (At == text.Length)
        {
            Refuse(At, $"there must be {what}");
            return null;
        }

        var rest = text[At..];
        At = text.Length;
        return rest;
    }

    /// <summary>Reads all that is left as a regular expression.</summary>
    public Regex? Pattern()
    {
        var from = At;
        if (Rest("a regular expression") is not { } pattern)
        {
            return null;
        }

        try
        {
            return AssertionPattern.Of(pattern);
        }
        catch (RegexParseException e)
        {
            var offset = $"at offset {e.Offset}. ";
            var reason = e.Message[(e.Message.LastIndexOf(offset, StringComparison.Ordinal) is >= 0 and var at ? at + offset.Length : 0)..];
            Refuse(from + Math.Min(e.Offset, pattern.Length), $"the regular expression is not valid: {reason.TrimEnd('.')}");
            return null;
        }
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
