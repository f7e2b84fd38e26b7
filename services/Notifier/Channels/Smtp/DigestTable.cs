using System.Globalization;
using System.Text;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>All changes of a digest as a table for spreadsheets, the failures first. Times are in UTC. Pure.</summary>
internal static class DigestTable
{
    private static readonly string[] Names = ["time", "from", "to", "target_id", "target_name", "url", "reason", "description", "since"];

    public static string Write(DigestSummary summary)
    {
        var text = new StringBuilder();
        CsvLine.Append(text, Names);
        foreach (var change in summary.Changes)
        {
            CsvLine.Append(
                text,
                [
                    Instant(change.At),
                    Cell(change.From),
                    Cell(change.To),
                    change.TargetId.ToString(CultureInfo.InvariantCulture),
                    Cell(change.Name),
                    Cell(SafeUrl.Of(change.Url)),
                    Cell(change.Reason),
                    Cell(change.Description),
                    change.Since is { } since ? Instant(since) : "",
                ]);
        }

        return text.ToString();
    }

    private static string Cell(string text) => CsvLine.Cell(OneLine.Of(text));

    private static string Instant(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
