using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.History;

/// <summary>Incidents for people.</summary>
internal static class IncidentTables
{
    public static ResultTable List(IReadOnlyList<Incident> incidents, Surroundings surroundings) => ResultTable.Fitting(
        surroundings,
        () => Table(incidents, surroundings.Time, [.. Least, "Reason", "Description"], 1, 6),
        () => Table(incidents, surroundings.Time, [.. Least, "Reason"], 1),
        () => Table(incidents, surroundings.Time, Least, 1));

    /// <summary>All that is known of one.</summary>
    public static ResultTable Details(Incident incident, TimeProvider clock) => ResultTable.OfDetails(
        ("ID", incident.Id),
        ("Target", TargetOf(incident)),
        ("Began", Times.Local(incident.BeginTime, clock)),
        ("Detected", Times.Local(incident.DetectTime, clock)),
        ("Ended", EndOf(incident, clock)),
        ("Duration", Spans.Of(incident.Duration)),
        ("Reason", ReasonOf(incident)),
        ("Description", incident.Description));

    private static string[] Least => ["ID", "Target", "Began", "Ended", "Duration"];

    private static ResultTable Table(IReadOnlyList<Incident> incidents, TimeProvider clock, string[] titles, params int[] wrapping)
    {
        var table = new ResultTable(titles, wrapping);
        foreach (var incident in incidents)
        {
            TableCell[] cells =
            [
                incident.Id,
                TargetOf(incident),
                Times.Local(incident.BeginTime, clock),
                EndOf(incident, clock),
                Spans.Of(incident.Duration),
                ReasonOf(incident),
                incident.Description,
            ];
            table.AddRow(cells[..titles.Length]);
        }

        return table;
    }

    private static string TargetOf(Incident incident) => $"[{incident.TargetId}] {incident.TargetName}";

    private static TableCell EndOf(Incident incident, TimeProvider clock)
        => incident.EndTime is null ? new TableCell("open", false) : Times.Local(incident.EndTime, clock);

    // How it began and what became of it.
    private static string ReasonOf(Incident incident)
        => incident.LastReason.Length == 0 || incident.LastReason == incident.Reason ? incident.Reason : $"{incident.Reason}, at last {incident.LastReason}";
}
