using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary><c>skypunch notifiers ID enable</c> and <c>disable</c>.</summary>
internal static class SwitchNotifier
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id, bool enable)
    {
        var verb = enable ? "enable" : "disable";
        var description = enable
            ? "Lets a notifier be told of changes again, from now on."
            : "Tells a notifier nothing more; what waits to be sent is cancelled.";
        return new VerbCommand(verb, description)
        {
            Usage = [$"notifiers ID {verb}", $"notifiers {verb} ID"],
            Examples = [($"notifiers 1 {verb}", "It stays as it is when it is so already.")],
        }.With(id.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            var notifier = await SwitchAsync(session, await session.FindNotifierAsync(id, cancellationToken), enable, cancellationToken);
            session.Show(
                NotifierJson.Of(notifier),
                NotifierShapes.Json.NotifierJson,
                () => session.Say($"Notifier: {notifier.Name} has been {(enable ? "Enabled" : "Disabled")}"));
            return ExitCodes.Ok;
        });
    }

    private static async Task<Notifier> SwitchAsync(Session session, long id, bool enable, CancellationToken cancellationToken)
        => enable
            ? (await session.Api.Notifiers.EnableNotifierAsync(new() { Id = id }, session.Call(cancellationToken))).Notifier
            : (await session.Api.Notifiers.DisableNotifierAsync(new() { Id = id }, session.Call(cancellationToken))).Notifier;
}
