using Skypunch.Bench.Figures;
using static Skypunch.Bench.Reports.MarkdownTable;

namespace Skypunch.Bench.Reports;

/// <summary>The tables of one or more reports, for the terminal and the README.</summary>
internal static class RunTables
{
    /// <summary>All tables that have at least one row.</summary>
    public static string Of(IReadOnlyCollection<RunReport> reports)
    {
        string[] tables = [Punctuality(reports), Cost(reports), Processes(reports), Mails(reports), Facts(reports)];
        return string.Join('\n', tables.Where(table => table.Length > 0));
    }

    private static string Punctuality(IEnumerable<RunReport> reports)
    {
        var rows = new List<string[]>();
        foreach (var report in reports)
        {
            AddRow(report, "", report.Skypunch?.All, report.Skypunch?.Missed);
            AddRow(report, ", healthy ones", report.Skypunch?.Healthy, null);
            AddRow(report, ", bare loop", report.Bare?.All, null);
        }

        return Table(["run", "probes asked", "done", "on time", "late p50 ms", "p95", "p99", "max", "missed"], rows);

        void AddRow(RunReport report, string who, Punctuality? seen, long? missed)
        {
            if (seen is { Asked: > 0 })
            {
                var late = seen.Lateness;
                rows.Add([
                    NameOf(report) + who, Number(seen.Asked), Percent(seen.DoneShare), Percent(seen.OnTimeShare),
                    Number(late.P50, 1), Number(late.P95, 1), Number(late.P99, 1), Number(late.Max, 1), Number(missed),
                ]);
            }
        }
    }

    private static string Cost(IEnumerable<RunReport> reports) => Table(
        ["run", "probes/s", "CPU-s per 1,000: services", "bare loop", "ratio", "MySQL + RabbitMQ", "ratio", "peak MB: services", "bare loop"],
        [.. reports.Where(report => report.Skypunch is { Probes: > 0 }).Select(report => new[]
        {
            NameOf(report),
            Number(report.Skypunch!.Probes / report.Skypunch.Seconds),
            Number(report.Skypunch.OurCpuPer1000, 3),
            Number(report.Bare?.OurCpuPer1000, 3),
            Number(report.CpuRatio, 2),
            IsDistributed(report) ? Number(report.Skypunch.BackendCpuPer1000, 3) : "–",
            IsDistributed(report) ? Number(report.BackendCpuRatio, 2) : "–",
            Number(report.Skypunch.Usage.Where(usage => usage.IsOurs).Sum(usage => usage.PeakMegabytes)),
            Number(report.Bare?.Usage.Sum(usage => usage.PeakMegabytes)),
        })]);

    private static string Processes(IEnumerable<RunReport> reports) => Table(
        ["run", "process", "CPU-s per 1,000", "share of a core", "peak MB"],
        [.. reports.Where(report => report.Skypunch is not null).SelectMany(report => report.Skypunch!.Usage, (report, usage) => new[]
        {
            NameOf(report), usage.Name, Number(usage.CpuSecondsPer1000, 3), Percent(usage.CoreShare), Number(usage.PeakMegabytes),
        })]);

    private static string Mails(IEnumerable<RunReport> reports)
    {
        var rows = new List<string[]>();
        foreach (var report in reports)
        {
            AddRow(report, "failures", report.FailureMails);
            AddRow(report, "recoveries", report.RecoveryMails);
        }

        return Table(["run", "mails of", "changes", "mailed", "answer to mail p50 ms", "p95", "p99", "max"], rows);

        void AddRow(RunReport report, string what, MailDelays? mails)
        {
            if (mails is not null)
            {
                var delay = mails.Delay;
                rows.Add([
                    NameOf(report), what, Number(mails.Expected), Number(mails.Mailed),
                    Number(delay.P50, 1), Number(delay.P95, 1), Number(delay.P99, 1), Number(delay.Max, 1),
                ]);
            }
        }
    }

    private static string Facts(IEnumerable<RunReport> reports)
        => Table(
            ["run", "what", "value"],
            [.. reports.SelectMany(report => report.Facts, (report, fact) => new[] { NameOf(report), fact.Key, Number(fact.Value, 2) })]);

    private static string Table(string[] head, List<string[]> rows) => rows.Count == 0 ? "" : MarkdownTable.Of(head, rows);

    private static string NameOf(RunReport report) => $"{report.Scenario} {report.Mode}";

    private static bool IsDistributed(RunReport report) => report.Skypunch!.Usage.Any(usage => !usage.IsOurs);
}
