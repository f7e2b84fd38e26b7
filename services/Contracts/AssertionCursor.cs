using System.Text.RegularExpressions;

namespace Skypunch.Contracts;

/// <summary>The text of an assertion and how far it is read. A method that returns null has said in <see cref="Fault"/> why.</summary>
internal sealed class AssertionCursor(string text)
{
    private const string EndsOfWord = " <>=!";

    public string Text => text;

    public int At { get; set; }

    /// <summary>What is wrong; null as long as nothing is.</summary>
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

    /// <summary>A word and the blanks after it, in small letters; empty where none stands.</summary>
    public string Word() => Upto(EndsOfWord).ToLowerInvariant();

    /// <summary>What stands before the next blank, and the blanks.</summary>
    public string UptoBlank() => Upto(" ");

    /// <summary>Whether the word is next; then it is read.</summary>
    public bool TakeWord(string word)
    {
        var from = At;
        var isThere = Word() == word;
        At = isThere ? At : from;
        return isThere;
    }

    /// <summary>The sign that is next, and the blanks after it; null where none is, which is no fault yet.</summary>
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

    /// <summary>All that is left, of which there must be some.</summary>
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

    /// <summary>A regular expression, to the end.</summary>
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
