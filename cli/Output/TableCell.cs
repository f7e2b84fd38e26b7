using System.Globalization;

namespace Skypunch.Cli.Output;

/// <summary>A cell of a table: its text, and whether it is good or bad news, which a terminal shows in green or red.</summary>
internal readonly record struct TableCell(string Text, bool? Good = null)
{
    /// <summary>The parts of the text, where some are other news than others; null: it is one.</summary>
    public IReadOnlyList<(string Text, bool? Good)>? Parts { get; private init; }

    /// <summary>A cell of several parts.</summary>
    public static TableCell Of(IReadOnlyList<(string Text, bool? Good)> parts) => new(string.Concat(parts.Select(part => part.Text))) { Parts = parts };

    public static implicit operator TableCell(string text) => new(text);

    public static implicit operator TableCell(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    public static implicit operator TableCell(bool yes) => new(yes ? "Yes" : "No");
}
