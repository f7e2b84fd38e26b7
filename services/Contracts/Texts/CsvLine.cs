using System.Buffers;
using System.Text;

namespace Skypunch.Contracts.Texts;

/// <summary>Lines of tables for spreadsheets (RFC 4180). Pure.</summary>
public static class CsvLine
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    // The four that begin a formula, and their wide forms, which spreadsheets in East Asia take for the same.
    private static readonly SearchValues<char> FormulaSigns = SearchValues.Create("=+-@\uFF1D\uFF0B\uFF0D\uFF20");

    /// <summary>
    /// A text from anywhere as a cell. What a spreadsheet would take for a formula gets an apostrophe before it, which a spreadsheet takes
    /// for "this is text": names come from users.
    /// </summary>
    /// <param name="line">The text, on one line.</param>
    public static string Cell(string line) => line.TrimStart() is [var first, ..] && FormulaSigns.Contains(first) ? $"'{line}" : line;

    /// <summary>Adds a line of cells with its end.</summary>
    /// <param name="text">The table so far.</param>
    /// <param name="cells">Numbers, instants and what <see cref="Cell"/> gives.</param>
    public static void Append(StringBuilder text, IEnumerable<string> cells)
        => text.AppendJoin(',', cells.Select(cell => cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)).Append("\r\n");
}
