using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Contracts.Texts;
using Latency = Skypunch.Admin.V1.Latency;

namespace Skypunch.Cli.History;

/// <summary>The time line of a target for people.</summary>
internal static class SeriesTables
{
    /// <summary>A row for each step, oldest first, and the whole in the last row.</summary>
    public static ResultTable Of(GetSeriesResponse series, Uptime whole, Surroundings surroundings)
    {
        string[] least = [series.Step is SeriesStep.Day ? "Day (UTC)" : "Hour", "Available", "Observed", "Down", "Passed", "Failed", "Missed"];
        return ResultTable.Fitting(
            surroundings,
            () => Table(series, whole, surroundings.Time, [.. least, "p50", "p95", "p99", "Failures"], 10),
            () => Table(series, whole, surroundings.Time, [.. least, "p50", "p95", "p99"]),
            () => Table(series, whole, surroundings.Time, least));
    }

    /// <summary>A row for each result, oldest first.</summary>
    public static ResultTable Of(IEnumerable<RecentResult> results, TimeProvider clock)
    {
        var table = new ResultTable(["Due", "Result", "Reason", "HTTP Status", "Took", "Missed Before"]);
        foreach (var result in results)
        {
            table.AddRow(
                Times.Local(result.SlotTime, clock),
                new TableCell(result.Passed ? "PASS" : "FAIL", result.Passed),
                result.Passed ? "" : result.Reason,
                result.StatusCode == 0 ? "" : (TableCell)(long)result.StatusCode,
                Spans.OfProbe(result.Latency),
                result.MissedBeforeCount == 0 ? "" : (TableCell)result.MissedBeforeCount);
        }

        return table;
    }

    private static ResultTable Table(GetSeriesResponse series, Uptime whole, TimeProvider clock, string[] titles, params int[] wrapping)
    {
        var table = new ResultTable(titles, wrapping);
        foreach (var point in series.Points)
        {
            Add(
                StartOf(point, series.Step, clock),
                Percents.Of(Times.Seconds(point.Observed) - Times.Seconds(point.Down), Times.Seconds(point.Observed)),
                Percents.Of(Times.Seconds(point.Observed), LengthOf(point, series.Step, whole)),
                point.Down,
                (point.PassCount, point.FailCount, point.MissedCount),
                point.Latency,
                point.Failures);
        }

        Add(
            "All",
            Percents.Of(whole.HasAvailabilityPercent ? whole.AvailabilityPercent : null),
            Percents.Of(whole.ObservedPercent),
            whole.Down,
            (whole.PassCount, whole.FailCount, whole.MissedCount),
            whole.Latency,
            whole.Failures);
        return table;

        void Add(string step, string available, string observed, Duration? down, (long Passed, long Failed, long Missed) counts, Latency? latency, IEnumerable<ReasonCount> failures)
        {
            TableCell[] cells =
            [
                step,
                available,
                observed,
                Spans.Of(down),
                counts.Passed,
                counts.Failed,
                counts.Missed,
                Spans.OfProbe(latency?.P50),
                Spans.OfProbe(latency?.P95),
                Spans.OfProbe(latency?.P99),
                string.Join(", ", failures.Select(failure => $"{failure.Reason} {failure.Count}")),
            ];
            table.AddRow(cells[..titles.Length]);
        }
    }

    private static string StartOf(SeriesPoint point, SeriesStep step, TimeProvider clock) => step is SeriesStep.Day
        ? point.StartTime.ToDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : Times.Local(point.StartTime, clock);

    // The last step is not over yet.
    private static decimal LengthOf(SeriesPoint point, SeriesStep step, Uptime whole)
        => Math.Min(step is SeriesStep.Day ? 86_400 : 3600, whole.EndTime is null ? decimal.MaxValue : Times.Seconds(whole.EndTime - point.StartTime));
}
