using Skypunch.Cli.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Skypunch.Cli.Output;

/// <summary>
/// A table as in 2013, with a rule after every row. In a pipe the table is as wide as its texts; on a terminal the columns that may wrap
/// share the width. Where the terminal is too narrow even for that, the table stays whole and the terminal breaks its lines.
/// </summary>
internal sealed class ResultTable
{
    private const int Unbounded = 1_000_000;
    private const int LeastWrapped = 12;
    private readonly Table _table = new() { Border = RuledBorder.Instance, UseSafeBorder = false, ShowRowSeparators = true };
    private readonly int[] _widest;
    private readonly bool[] _wraps;

    /// <summary>A table with a title over each column. Columns in <paramref name="wrapping"/> may be broken into lines.</summary>
    public ResultTable(IReadOnlyList<string> titles, params int[] wrapping)
    {
        _widest = [.. titles.Select(Width)];
        _wraps = [.. titles.Select((_, i) => wrapping.Contains(i))];
        for (var i = 0; i < titles.Count; i++)
        {
            _table.AddColumn(new TableColumn(new Text(titles[i])) { NoWrap = !_wraps[i] });
        }
    }

    /// <summary>A table of names and values, without titles.</summary>
    public static ResultTable OfDetails(params (string Name, TableCell Value)[] rows)
    {
        var table = new ResultTable(["", ""], 1);
        table._table.HideHeaders();
        foreach (var (name, value) in rows)
        {
            table.AddRow(name, value);
        }

        return table;
    }

    /// <summary>Adds a row. Its texts may come from anywhere.</summary>
    public void AddRow(params TableCell[] cells)
    {
        var texts = cells.Select(c => Printable.Of(c.Text)).ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            _widest[i] = Math.Max(_widest[i], Width(texts[i]));
        }

        _table.AddRow(cells.Select((c, i) => Rendered(c, texts[i])));
    }

    /// <summary>Writes the table.</summary>
    public void WriteTo(Surroundings surroundings)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = surroundings.Colors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = surroundings.Colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = surroundings.TerminalWidth is { } width && width >= LeastWidth() ? width : Unbounded;
        console.Write(_table);
        surroundings.Out.Write(text.ToString());
    }

    /// <summary>Whether the output is as wide as the table needs; a pipe always is.</summary>
    public bool Fits(Surroundings surroundings) => surroundings.TerminalWidth is not { } width || width >= LeastWidth();

    /// <summary>The first of some tables that fits, or else the last, so the widest comes first.</summary>
    public static ResultTable Fitting(Surroundings surroundings, params IEnumerable<Func<ResultTable>> tables)
    {
        ResultTable? table = null;
        foreach (var make in tables)
        {
            table = make();
            if (table.Fits(surroundings))
            {
                break;
            }
        }

        return table!;
    }

    /// <summary>The columns of a terminal that a text takes.</summary>
    public static int Width(string text) => new Segment(text).CellCount();

    private int LeastWidth()
        => 1 + _widest.Select((widest, i) => 3 + (_wraps[i] ? Math.Min(widest, LeastWrapped) : widest)).Sum();

    private static IRenderable Rendered(TableCell cell, string text)
    {
        if (cell.Parts is null)
        {
            return new Text(text, StyleOf(cell.Good));
        }

        var paragraph = new Paragraph();
        foreach (var (part, good) in cell.Parts)
        {
            paragraph.Append(Printable.Of(part), StyleOf(good));
        }

        return paragraph;
    }

    private static Style? StyleOf(bool? isGood)
        => isGood is { } good ? new Style(good ? Color.Green : Color.Red) : (Style?)null;
}
