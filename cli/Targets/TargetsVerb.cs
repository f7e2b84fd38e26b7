using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets [ID]</c> and the verbs below it.</summary>
internal static class TargetsVerb
{
    public static VerbCommand Create(VerbRunner runner)
    {
        var id = new IdArgument("target");
        return new VerbCommand("targets", "Lists what is watched, shows one target, or does something with it.")
        {
            Usage = ["targets", "targets ID", "targets ID enable | disable | test | trace | edit | delete", "targets add NAME URL [options]"],
            Examples =
            [
                ("targets", "Lists them all."),
                ("targets 1", "Shows all of target 1."),
                ("targets 1 test", "Probes it at once; its counters stay as they are."),
                ("targets 1 trace", "Shows what its last failing probe did."),
                ("targets 1 disable", "Stops probing it until it is enabled again."),
            ],
        }.With(
            id.OfFamily,
            AddTarget.Create(runner, id),
            EditTarget.Create(runner, id),
            DeleteTarget.Create(runner, id),
            SwitchTarget.Create(runner, id, enable: true),
            SwitchTarget.Create(runner, id, enable: false),
            TestTarget.Create(runner, id),
            TraceTarget.Create(runner, id))
        .Does(runner, (session, cancellationToken) => session.Given.GetValue(id.OfFamily) is null
            ? ListAsync(session, cancellationToken)
            : ShowAsync(session, id, cancellationToken));
    }

    private static async Task<int> ListAsync(Session session, CancellationToken cancellationToken)
    {
        var targets = await session.ListTargetsAsync(cancellationToken);
        session.Show(
            [.. targets.Select(TargetJson.Of)],
            TargetShapes.Json.JsonObjectArray,
            () => TargetTables.List(targets, session.Surroundings).WriteTo(session.Surroundings));
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(Session session, IdArgument id, CancellationToken cancellationToken)
    {
        var target = await session.GetTargetAsync(id, cancellationToken);
        session.Show(TargetJson.Of(target), TargetShapes.Json.JsonObject, TargetTables.Details(target, session.Surroundings.Time));
        return ExitCodes.Ok;
    }
}
