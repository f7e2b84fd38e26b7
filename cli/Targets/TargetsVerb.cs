using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.History;
using Skypunch.Cli.Options;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets [ID]</c> and the verbs below it.</summary>
internal static class TargetsVerb
{
    private static readonly IReadOnlyList<UptimeWindow> WideWindows = WindowOptions.Last("24h", "30d");

    public static VerbCommand Create(VerbRunner runner)
    {
        var filter = new TargetFilter();
        var id = new IdArgument("target") { NotWith = filter.OfFamily };
        var order = Parsed.Text("--order-by", "ORDER", "In which order: id, name, status (failing ones first) or since (when the status began); the other way round with ' desc'.");
        return new VerbCommand("targets", "Lists what is watched, shows one target, or does something with it.")
        {
            Usage =
            [
                "targets [--filter EXPR] [--order-by ORDER] [-o wide]", "targets ID", "targets ID enable | disable | test | trace | history | edit | delete", "targets add NAME URL [options]",
                "targets count | groups | watch [--filter EXPR]",
            ],
            Formats = [OutputFormat.Table, OutputFormat.Wide, OutputFormat.Json],
            Examples =
            [
                ("targets", "Lists them all."),
                ("targets --filter 'status = FAIL AND labels.team = payments'", "Lists those that fail, of one team."),
                ("targets --order-by 'since desc'", "Those whose status changed last come first."),
                ("targets -o wide", "With a bar of their last results, and how available they were."),
                ("targets 1", "Shows all of target 1."),
                ("targets 1 test", "Probes it at once; its counters stay as they are."),
                ("targets 1 trace", "Shows what its last failing probe did."),
                ("targets 1 history", "Shows how it was in the last days."),
                ("targets 1 disable", "Stops probing it until it is enabled again."),
            ],
            Remarks = "EXPR compares fields by =, !=, and : (contains), numbers by < <= > >=: 'status = FAIL', 'labels.team = payments', 'labels : team', 'group : shop', 'name : api', "
                + "'enabled = false', 'reason = timeout', 'frequency < 30s'; AND, OR, NOT and brackets join them. docs/labels.md has it all.",
        }.With(
            id.OfFamily,
            filter.OfFamily,
            order,
            AddTarget.Create(runner, id),
            EditTarget.Create(runner, id, filter),
            DeleteTarget.Create(runner, id, filter),
            SwitchTarget.Create(runner, id, filter, enable: true),
            SwitchTarget.Create(runner, id, filter, enable: false),
            TestTarget.Create(runner, id),
            TraceTarget.Create(runner, id),
            TargetHistory.Create(runner, id),
            CountTargets.Create(runner, filter, id),
            ListGroups.Create(runner, filter, id),
            WatchTargets.Create(runner, filter, id))
        .Does(runner, (session, cancellationToken) => session.Given.GetValue(id.OfFamily) is null
            ? ListAsync(session, filter.Text(session, id) ?? "", session.Given.GetValue(order) ?? "", cancellationToken)
            : session.Given.GetValue(order) is null
                ? ShowAsync(session, id, cancellationToken)
                : throw CliFault.Usage("--order-by does not belong here: one target has no order"));
    }

    private static async Task<int> ListAsync(Session session, string filter, string order, CancellationToken cancellationToken)
    {
        session.Subject.Name("order_by", "--order-by");
        var targets = await session.ListTargetsAsync(cancellationToken, withResults: session.Format is OutputFormat.Wide, filter, order);
        if (session.Format is OutputFormat.Wide)
        {
            var uptimes = await session.GetUptimeAsync(targets.Select(target => target.Id), WideWindows, "", cancellationToken);
            WideTargetTable.Of(targets, uptimes, session.Surroundings).WriteTo(session.Surroundings);
            return ExitCodes.Ok;
        }

        session.Show(
            [.. targets.Select(TargetJson.Of)],
            TargetShapes.Json.JsonObjectArray,
            () => TargetTables.List(targets, session.Surroundings).WriteTo(session.Surroundings));
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(Session session, IdArgument id, CancellationToken cancellationToken)
    {
        var target = await session.GetTargetAsync(id, cancellationToken);
        session.Show(TargetJson.WithResults(target), TargetShapes.Json.JsonObject, TargetTables.Details(target, session.Surroundings));
        return ExitCodes.Ok;
    }
}
