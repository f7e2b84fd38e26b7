using System.Diagnostics.CodeAnalysis;

namespace Skypunch.Contracts.Filters;

/// <summary>
/// The text of a filter, such as <c>status = FAIL AND labels.team = payments AND NOT name : test</c>. docs/labels.md has the grammar, which
/// is a part of google.aip.dev/160: whoever joins by AND and OR both has to set brackets, as AIP-160 reads them the other way round than
/// people do.
/// </summary>
public static class FilterText
{
    /// <summary>The most characters of an expression.</summary>
    public const int Longest = 2000;

    /// <summary>How deep brackets and NOT may be nested.</summary>
    public const int Deepest = 10;

    /// <summary>The most comparisons of an expression: a database has to join as many tables, of which MySQL takes 61.</summary>
    public const int MostComparisons = 32;

    /// <summary>A text as a value of an expression, in quotes.</summary>
    public static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression; blank: it has no filter.</param>
    /// <param name="filter">The filter; null: all are meant, or the text is none.</param>
    /// <param name="error">What is wrong and where, as the end of a sentence; null: nothing.</param>
    /// <param name="refused">The fields that make no sense where the filter is used, each with the reason; null: none.</param>
    public static bool TryParse(
        string text,
        out Filter? filter,
        [NotNullWhen(false)] out string? error,
        IReadOnlyDictionary<string, string>? refused = null)
    {
        (filter, error) = (null, null);
        if (text.Length > Longest)
        {
            error = $"must have at most {Longest} characters";
            return false;
        }

        var cursor = new FilterCursor(text);
        cursor.SkipBlanks();
        filter = cursor.IsAtEnd ? null : new FilterReader(cursor, refused).Read();
        error = cursor.Fault;
        return error is null;
    }
}
