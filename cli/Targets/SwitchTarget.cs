using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets ID enable</c> and <c>disable</c>.</summary>
internal static class SwitchTarget
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id, bool enable)
    {
        var verb = enable ? "enable" : "disable";
        return new VerbCommand(verb, enable ? "Lets a target be probed again, from now on." : "Stops probing a target.")
        {
            Usage = [$"targets ID {verb}", $"targets {verb} ID"],
            Examples = [($"targets 3 {verb}", "It stays as it is when it is so already.")],
        }.With(id.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            var target = await SwitchAsync(session, await session.FindTargetAsync(id, cancellationToken), enable, cancellationToken);
            session.Show(
                TargetJson.Of(target),
                TargetShapes.Json.JsonObject,
                () => session.Say($"Target: {target.Name} has been {(enable ? "Enabled" : "Disabled")}"));
            return ExitCodes.Ok;
        });
    }

    private static async Task<Target> SwitchAsync(Session session, long id, bool enable, CancellationToken cancellationToken)
        => enable
            ? (await session.Api.Targets.EnableTargetAsync(new() { Id = id }, session.Call(cancellationToken))).Target
            : (await session.Api.Targets.DisableTargetAsync(new() { Id = id }, session.Call(cancellationToken))).Target;
}
