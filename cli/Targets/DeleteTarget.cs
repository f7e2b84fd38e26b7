using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets delete ID</c>, or with a filter many.</summary>
internal static class DeleteTarget
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id, TargetFilter filter)
        => new VerbCommand("delete", "Deletes a target, or all that a filter means. Its history can be read by its id until it is too old.")
        {
            Usage = ["targets delete ID", "targets ID delete", "targets delete --filter EXPR [--yes]"],
            Examples =
            [
                ("targets delete 3", "Is done at once: there is no way back."),
                ("targets delete --filter 'group : old AND enabled = false'", "Asks, with their number, before it deletes all of them."),
            ],
        }.With(id.OfVerb, filter.OfVerb, filter.Yes).Does(runner, async (session, cancellationToken) =>
        {
            if (filter.Text(session, id) is { } which)
            {
                return await ManyTargets.RunAsync(session, which, session.Given.GetValue(filter.Yes), "delete", "Deleted", DeleteAsync, cancellationToken);
            }

            var target = await DeleteAsync(await session.FindTargetAsync(id, cancellationToken), cancellationToken);
            session.Show(TargetJson.Of(target), TargetShapes.Json.JsonObject, () => session.Say($"Target: {target.Name} has been Deleted"));
            return ExitCodes.Ok;

            async Task<Target> DeleteAsync(long one, CancellationToken cancel)
                => (await session.Api.Targets.DeleteTargetAsync(new DeleteTargetRequest { Id = one }, session.Call(cancel))).Target;
        });
}
