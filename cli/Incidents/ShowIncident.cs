using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.History;
using Skypunch.Cli.Notifiers;
using Skypunch.Cli.Output;
using Skypunch.Cli.Targets;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Incidents;

/// <summary><c>skypunch incidents ID</c>: an incident, the changes that opened and closed it with their traces, and who was told.</summary>
internal static class ShowIncident
{
    public static async Task<int> RunAsync(Session session, long id, CancellationToken cancellationToken)
    {
        if (session.Format is OutputFormat.Csv)
        {
            throw CliFault.Usage("--output: one incident is printed as table or json; a list of them as csv, too");
        }

        (session.Subject.Kind, session.Subject.Id) = ("incident", id);
        var answer = await session.Api.History.GetIncidentAsync(new GetIncidentRequest { Id = id }, session.Call(cancellationToken));
        var incident = answer.Incident;
        var target = await session.TryGetTargetAsync(incident.TargetId, cancellationToken) ?? new Target { Id = incident.TargetId, Name = incident.TargetName };
        var deliveries = await DeliveriesAsync(session, answer, cancellationToken);
        session.Show(
            IncidentJson.Of(answer, target, deliveries),
            IncidentShapes.Json.IncidentJson,
            () => Write(answer, target, session));
        if (session.Format is OutputFormat.Table)
        {
            await WriteToldAsync(answer, deliveries, session, cancellationToken);
        }

        return ExitCodes.Ok;
    }

    // In the order in which they were made.
    private static async Task<List<Delivery>> DeliveriesAsync(Session session, GetIncidentResponse answer, CancellationToken cancellationToken)
    {
        var request = new ListDeliveriesRequest { ChangeIds = { ChangesOf(answer).Select(change => change.ChangeId) } };
        if (request.ChangeIds.Count == 0)
        {
            return [];
        }

        var deliveries = await session.ListDeliveriesAsync(request, int.MaxValue, cancellationToken);
        deliveries.Reverse();
        return deliveries;
    }

    private static IEnumerable<IncidentChange> ChangesOf(GetIncidentResponse answer)
        => new[] { answer.OpenedBy, answer.ClosedBy }.Where(change => change is not null);

    private static void Write(GetIncidentResponse answer, Target target, Session session)
    {
        var surroundings = session.Surroundings;
        IncidentTables.Details(answer.Incident, surroundings.Time).WriteTo(surroundings);
        foreach (var change in ChangesOf(answer))
        {
            surroundings.Out.WriteLine();
            session.Say($"{(change == answer.OpenedBy ? "Opened" : "Closed")} by {EnumWords.Of(change.From)} > {EnumWords.Of(change.To)}{DecisionOf(change)}:");
            if (change.Report is not null)
            {
                ProbeReportText.Write(target, change.Report, surroundings);
            }
        }
    }

    private static async Task WriteToldAsync(GetIncidentResponse answer, List<Delivery> deliveries, Session session, CancellationToken cancellationToken)
    {
        session.Surroundings.Out.WriteLine();
        if (deliveries.Count == 0)
        {
            session.Say(WhyNobody(answer));
            return;
        }

        session.Say("Who was told:");
        var names = (await session.ListNotifiersAsync(cancellationToken)).ToDictionary(notifier => notifier.Id, notifier => notifier.Name);
        var table = new ResultTable(["Notifier", "Change", "State", "Sent", "Attempts", "Last Error"], 0, 5);
        foreach (var delivery in deliveries)
        {
            table.AddRow(
                $"[{delivery.NotifierId}] {names.GetValueOrDefault(delivery.NotifierId)}".TrimEnd(),
                delivery.Change,
                NotifierDisplay.Cell(delivery.State),
                Times.Local(delivery.SentTime, session.Surroundings.Time),
                delivery.Attempts,
                delivery.LastError);
        }

        table.WriteTo(session.Surroundings);
    }

    // Nothing of what is usual, that it is told.
    private static string DecisionOf(IncidentChange change) => change.Decision switch
    {
        ChangeDecision.Maintenance => $", not told: maintenance {change.Maintenance}",
        ChangeDecision.ToldLate => $", told when it still failed after maintenance {change.Maintenance}".TrimEnd(),
        ChangeDecision.FailureUntold => ", not told: the failure was not",
        _ => "",
    };

    private static string WhyNobody(GetIncidentResponse answer) => ChangesOf(answer).ToList() switch
    {
        [] => "Its traces and who was told are not kept any more",
        var changes when changes.TrueForAll(IsUntold) => "Nobody was told: it was in maintenance",
        var changes when changes.Exists(change => change.AnnounceTime is null && !IsUntold(change)) => "Nobody was told yet",
        _ => "Nobody was told: no notifier was enabled",
    };

    private static bool IsUntold(IncidentChange change) => change.Decision is ChangeDecision.Maintenance or ChangeDecision.FailureUntold;
}
