using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets count</c>.</summary>
internal static class CountTargets
{
    public static VerbCommand Create(VerbRunner runner, TargetFilter filter, IdArgument id)
        => new VerbCommand("count", "Counts the targets, or those that a filter means, by status.")
        {
            Usage = ["targets count [--filter EXPR]"],
            Examples =
            [
                ("targets count --filter 'labels.team = payments'", "Those of one team."),
                ("targets count -o json", "Tells it to a program."),
            ],
        }.With(filter.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            var answer = await session.Api.Targets.CountTargetsAsync(new CountTargetsRequest { Filter = filter.TextOfMany(session, id) }, session.Call(cancellationToken));
            var counts = answer.Counts ?? new TargetCounts();
            session.Show(
                TargetCountJson.Of(counts),
                TargetShapes.Json.TargetCountJson,
                ResultTable.OfDetails([
                    ("All", answer.TotalCount), ("Fail", counts.FailCount), ("New", counts.NewCount), ("Pass", counts.PassCount), ("Disabled", counts.DisabledCount),
                ]));
            return ExitCodes.Ok;
        });
}

/// <summary>Counts of targets for programs.</summary>
internal sealed record TargetCountJson(long TotalCount, long FailCount, long NewCount, long PassCount, long DisabledCount)
{
    public static TargetCountJson Of(TargetCounts counts) => new(
        counts.FailCount + counts.NewCount + counts.PassCount + counts.DisabledCount,
        counts.FailCount,
        counts.NewCount,
        counts.PassCount,
        counts.DisabledCount);
}
