using Skypunch.Cli.History;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Uptimes;

/// <summary>Uptimes in any format.</summary>
internal static class UptimeOutput
{
    /// <summary>What the columns mean.</summary>
    public const string Remarks = "Available: the share of the observed time that lies outside of incidents; 100 % stands only where nothing was down. "
        + "Observed: the share of the time in which probes were made; what was not observed counts neither way. MTTR: the mean time from the begin of an incident to its end. "
        + "Passed Probes: by count, failures that a retry did not confirm included. p50, p95, p99: half, 95 % and 99 % of the passed probes took no longer. "
        + "Percentages are rounded down.";

    /// <summary>Prints the rows, for people with the time that they are of.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="zone">The time zone to show the window in; null: the local one.</param>
    /// <param name="session">The run.</param>
    public static void Show(IReadOnlyList<UptimeRow> rows, string? zone, Session session) => session.Show(
        [.. rows.Select(row => row.Json())],
        HistoryShapes.Json.JsonObjectArray,
        () => UptimeRow.Csv(rows),
        () =>
        {
            if (rows.Count == 0)
            {
                session.Say("There are no targets");
                return;
            }

            if (rows.Select(row => row.Window).Distinct().Count() == 1)
            {
                session.Say(UptimeTables.WindowOf(rows[0], zone, session.Surroundings.Time));
            }

            UptimeTables.List(rows, session.Surroundings).WriteTo(session.Surroundings);
        });
}
