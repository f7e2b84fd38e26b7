using System.Text.Json.Nodes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.History;

/// <summary>The uptime of one target over one window.</summary>
/// <param name="TargetId">The target's id.</param>
/// <param name="TargetName">The target's name; empty where the target was deleted.</param>
/// <param name="Window">The window as options take it, such as "30d" or "2026-10"; empty for a range.</param>
/// <param name="Uptime">The uptime.</param>
internal sealed record UptimeRow(long TargetId, string TargetName, string Window, Uptime Uptime)
{
    private static readonly MessageCsv Columns = new(Uptime.Descriptor);

    /// <summary>A row for each target and window that the server answers for.</summary>
    public static IEnumerable<UptimeRow> Of(IEnumerable<TargetUptime> targets, IReadOnlyList<UptimeWindow> windows)
        => targets.SelectMany(target => target.Uptimes.Zip(windows, (uptime, window) => new UptimeRow(target.TargetId, target.TargetName, LabelOf(window), uptime)));

    /// <summary>Rows for spreadsheets.</summary>
    public static CsvText Csv(IEnumerable<UptimeRow> rows)
    {
        var table = new CsvText(["target_id", "target_name", "window", .. Columns.Names]);
        foreach (var row in rows)
        {
            table.Add([$"{row.TargetId}", CsvText.Cell(row.TargetName), row.Window, .. Columns.CellsOf(row.Uptime)]);
        }

        return table;
    }

    /// <summary>The row for programs.</summary>
    public JsonObject Json() => new([
        KeyValuePair.Create<string, JsonNode?>("target_id", TargetId),
        KeyValuePair.Create<string, JsonNode?>("target_name", JsonShape.NullIfEmpty(TargetName)),
        KeyValuePair.Create<string, JsonNode?>("window", JsonShape.NullIfEmpty(Window)),
        .. MessageJson.MembersOf(Uptime)]);

    private static string LabelOf(UptimeWindow window) => window.SpanCase switch
    {
        UptimeWindow.SpanOneofCase.Last => window.Last.ToTimeSpan() == TimeSpan.FromDays(1) ? "24h" : DurationText.InOneUnit(window.Last.ToTimeSpan()),
        UptimeWindow.SpanOneofCase.Month => window.Month,
        _ => "",
    };
}
