using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary><c>skypunch notifiers delete ID</c>.</summary>
internal static class DeleteNotifier
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
        => new VerbCommand("delete", "Deletes a notifier and its deliveries, sent or not.")
        {
            Usage = ["notifiers delete ID", "notifiers ID delete"],
            Examples = [("notifiers delete 2", "Is done at once: there is no way back.")],
        }.With(id.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            var request = new DeleteNotifierRequest { Id = await session.FindNotifierAsync(id, cancellationToken) };
            var notifier = (await session.Api.Notifiers.DeleteNotifierAsync(request, session.Call(cancellationToken))).Notifier;
            session.Show(
                NotifierJson.Of(notifier),
                NotifierShapes.Json.NotifierJson,
                () => session.Say($"Notifier: {notifier.Name} has been Deleted"));
            return ExitCodes.Ok;
        });
}
