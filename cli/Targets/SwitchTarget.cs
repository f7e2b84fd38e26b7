using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets ID enable</c> and <c>disable</c>, or with a filter many.</summary>
internal static class SwitchTarget
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id, TargetFilter filter, bool enable)
    {
        var (verb, done) = enable ? ("enable", "Enabled") : ("disable", "Disabled");
        return new VerbCommand(verb, enable ? "Lets a target, or all that a filter means, be probed again, from now on." : "Stops probing a target, or all that a filter means.")
        {
            Usage = [$"targets ID {verb}", $"targets {verb} ID", $"targets {verb} --filter EXPR [--yes]"],
            Examples =
            [
                ($"targets 3 {verb}", "It stays as it is when it is so already."),
                ($"targets {verb} --filter 'labels.team = payments'", "Asks, with their number, before it is done with all of them."),
            ],
        }.With(id.OfVerb, filter.OfVerb, filter.Yes).Does(runner, async (session, cancellationToken) =>
        {
            if (filter.Text(session, id) is { } which)
            {
                return await ManyTargets.RunAsync(session, which, session.Given.GetValue(filter.Yes), verb, done, SwitchAsync, cancellationToken);
            }

            var target = await SwitchAsync(await session.FindTargetAsync(id, cancellationToken), cancellationToken);
            session.Show(TargetJson.Of(target), TargetShapes.Json.JsonObject, () => session.Say($"Target: {target.Name} has been {done}"));
            return ExitCodes.Ok;

            async Task<Target> SwitchAsync(long one, CancellationToken cancel) => enable
                ? (await session.Api.Targets.EnableTargetAsync(new() { Id = one }, session.Call(cancel))).Target
                : (await session.Api.Targets.DisableTargetAsync(new() { Id = one }, session.Call(cancel))).Target;
        });
    }
}
