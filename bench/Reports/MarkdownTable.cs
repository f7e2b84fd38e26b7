using System.Globalization;
using System.Text;

namespace Skypunch.Bench.Reports;

/// <summary>Writes rows as a Markdown table with aligned columns.</summary>
internal static class MarkdownTable
{
    public static string Of(string[] head, IReadOnlyCollection<string[]> rows)
    {
        var widths = head.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        var text = new StringBuilder();
        Append(head);
        Append([.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ':')]);
        foreach (var row in rows)
        {
            Append(row);
        }

        return text.ToString();

        void Append(string[] cells)
            => text.Append("| ").AppendJoin(" | ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).Append(" |\n");
    }

    /// <summary>A number with the given decimals; a dash for null.</summary>
    public static string Number(double? value, int decimals = 0)
        => value is { } number ? number.ToString($"N{decimals}", CultureInfo.InvariantCulture) : "–";

    /// <summary>A share as a percentage; a dash for null.</summary>
    public static string Percent(double? share)
        => share is { } part ? (Math.Floor(part * 100_000) / 1000).ToString("0.0##", CultureInfo.InvariantCulture) + " %" : "–";
}
