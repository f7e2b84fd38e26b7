using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets delete ID</c>.</summary>
internal static class DeleteTarget
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
        => new VerbCommand("delete", "Deletes a target. Its history can be read by its id until it is too old.")
        {
            Usage = ["targets delete ID", "targets ID delete"],
            Examples = [("targets delete 3", "Is done at once: there is no way back.")],
        }.With(id.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            var request = new DeleteTargetRequest { Id = await session.FindTargetAsync(id, cancellationToken) };
            var target = (await session.Api.Targets.DeleteTargetAsync(request, session.Call(cancellationToken))).Target;
            session.Show(TargetJson.Of(target), TargetShapes.Json.JsonObject, () => session.Say($"Target: {target.Name} has been Deleted"));
            return ExitCodes.Ok;
        });
}
