using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.History;

/// <summary>Uptimes for people.</summary>
internal static class UptimeTables
{
    /// <summary>The list. The column of windows is there where there are several; what does not fit is left out, but for the numbers that count most.</summary>
    public static ResultTable List(IReadOnlyList<UptimeRow> rows, Surroundings surroundings)
    {
        string[] windows = rows.Select(row => row.Window).Distinct().Count() > 1 ? ["Window"] : [];
        string[] least = ["ID", "Name", .. windows, "Available", "Observed", "Down", "Incidents"];
        return ResultTable.Fitting(
            surroundings,
            () => Table(rows, windows.Length > 0, [.. least, "Longest", "MTTR", "Passed Probes", "p50", "p95", "p99"]),
            () => Table(rows, windows.Length > 0, [.. least, "Longest", "MTTR"]),
            () => Table(rows, windows.Length > 0, least));
    }

    /// <summary>The window that was computed, such as "From 2026-10-01 00:00:00 to 2026-11-01 00:00:00 (Europe/Berlin)".</summary>
    /// <param name="row">A row of it.</param>
    /// <param name="zone">The IANA name of the time zone to show it in; null: the local one.</param>
    /// <param name="clock">The local time zone.</param>
    public static string WindowOf(UptimeRow row, string? zone, TimeProvider clock)
    {
        if (zone is null)
        {
            return $"From {Times.Local(row.Uptime.StartTime, clock)} to {Times.Local(row.Uptime.EndTime, clock)}";
        }

        var known = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc; // a machine may have no time zones
        return $"From {In(known, row.Uptime.StartTime)} to {In(known, row.Uptime.EndTime)} ({(found is null ? "UTC" : zone)})";
    }

    private static string NameOf(UptimeRow row) => row.TargetName.Length > 0 ? row.TargetName : row.Uptime.HasAvailabilityPercent ? "(deleted)" : "(unknown)";

    private static string In(TimeZoneInfo zone, Timestamp? time)
        => time is null ? "" : TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static ResultTable Table(IReadOnlyList<UptimeRow> rows, bool hasWindows, string[] titles)
    {
        var table = new ResultTable(titles, 1);
        foreach (var row in rows)
        {
            var uptime = row.Uptime;
            TableCell[] cells =
            [
                row.TargetId,
                NameOf(row),
                .. hasWindows ? [(TableCell)row.Window] : Array.Empty<TableCell>(),
                Percents.Of(uptime.HasAvailabilityPercent ? uptime.AvailabilityPercent : null),
                Percents.Of(uptime.ObservedPercent),
                Spans.Of(uptime.Down),
                uptime.IncidentCount,
                Spans.Of(uptime.LongestIncident),
                Spans.Of(uptime.MeanTimeToRecover),
                Percents.Of(uptime.HasSuccessPercent ? uptime.SuccessPercent : null),
                Spans.OfProbe(uptime.Latency?.P50),
                Spans.OfProbe(uptime.Latency?.P95),
                Spans.OfProbe(uptime.Latency?.P99),
            ];
            table.AddRow(cells[..titles.Length]);
        }

        return table;
    }
}
