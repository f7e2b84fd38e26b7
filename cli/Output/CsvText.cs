using System.Buffers;
using System.Text;

namespace Skypunch.Cli.Output;

/// <summary>
/// A table for spreadsheets: RFC 4180 with a line of names, in UTF-8 without a byte order mark. A record is one line, as a text's white space becomes blanks. A text that a
/// spreadsheet would take for a formula gets an apostrophe before it, which a spreadsheet takes for "this is text": names come from users.
/// </summary>
internal sealed class CsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    // The four that begin a formula, and their wide forms, which spreadsheets in East Asia take for the same.
    private static readonly SearchValues<char> FormulaSigns = SearchValues.Create("=+-@\uFF1D\uFF0B\uFF0D\uFF20");
    private readonly StringBuilder _text = new();

    public CsvText(params IEnumerable<string> names) => Append(names);

    /// <summary>A text from anywhere as a cell: on one line, and never a formula.</summary>
    public static string Cell(string text)
    {
        var line = Printable.Of(text);
        return line.TrimStart() is [var first, ..] && FormulaSigns.Contains(first) ? $"'{line}" : line;
    }

    /// <summary>Adds a record of numbers, instants and what <see cref="Cell"/> gives.</summary>
    public void Add(params IEnumerable<string> cells) => Append(cells);

    public void WriteTo(TextWriter writer) => writer.Write(_text);

    private void Append(IEnumerable<string> cells)
        => _text.AppendJoin(',', cells.Select(cell => cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)).Append("\r\n");
}
