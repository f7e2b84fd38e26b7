using System.Text;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Output;

/// <summary>
/// A table for spreadsheets: RFC 4180 with a line of names, in UTF-8 without a byte order mark. A record is one line, as a text's white space becomes blanks. A text that a
/// spreadsheet would take for a formula gets an apostrophe before it, which a spreadsheet takes for "this is text": names come from users.
/// </summary>
internal sealed class CsvText
{
    private readonly StringBuilder _text = new();

    public CsvText(params IEnumerable<string> names) => CsvLine.Append(_text, names);

    /// <summary>A text from anywhere as a cell: on one line, and never a formula.</summary>
    public static string Cell(string text) => CsvLine.Cell(Printable.Of(text));

    /// <summary>Adds a record of numbers, instants and what <see cref="Cell"/> gives.</summary>
    public void Add(params IEnumerable<string> cells) => CsvLine.Append(_text, cells);

    public void WriteTo(TextWriter writer) => writer.Write(_text);
}
