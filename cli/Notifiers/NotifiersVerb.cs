using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary><c>skypunch notifiers [ID]</c> and the verbs below it.</summary>
internal static class NotifiersVerb
{
    public static VerbCommand Create(VerbRunner runner)
    {
        var id = new IdArgument("notifier");
        return new VerbCommand("notifiers", "Lists who is told, shows one notifier, or does something with it.")
        {
            Usage =
            [
                "notifiers",
                "notifiers ID",
                "notifiers ID enable | disable | test | edit | delete | deliveries",
                "notifiers add NAME [ADDRESS] --params PARAMS [options]",
                "notifiers deliveries",
                "notifiers who TARGET",
                "notifiers types [TYPE]",
            ],
            Examples =
            [
                ("notifiers", "Lists them all."),
                ("notifiers 1 test", "Sends a test message at once."),
                ("notifiers deliveries", "Shows what was sent, what waits, and why."),
                ("notifiers who Cart", "Shows who would be told of a failure, and why."),
            ],
        }.With(
            id.OfFamily,
            AddNotifier.Create(runner, id),
            EditNotifier.Create(runner, id),
            DeleteNotifier.Create(runner, id),
            SwitchNotifier.Create(runner, id, enable: true),
            SwitchNotifier.Create(runner, id, enable: false),
            TestNotifier.Create(runner, id),
            ListDeliveries.Create(runner, id),
            WhoIsTold.Create(runner, id),
            ListTypes.Create(runner, id))
        .Does(runner, (session, cancellationToken) => session.Given.GetValue(id.OfFamily) is null
            ? ListAsync(session, cancellationToken)
            : ShowAsync(session, id, cancellationToken));
    }

    private static async Task<int> ListAsync(Session session, CancellationToken cancellationToken)
    {
        var notifiers = await session.ListNotifiersAsync(cancellationToken);
        session.Show([.. notifiers.Select(NotifierJson.Of)], NotifierShapes.Json.NotifierJsonArray, NotifierTables.List(notifiers));
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(Session session, IdArgument id, CancellationToken cancellationToken)
    {
        var notifier = await session.GetNotifierAsync(id, cancellationToken);
        session.Show(NotifierJson.Of(notifier), NotifierShapes.Json.NotifierJson, NotifierTables.Details(notifier));
        return ExitCodes.Ok;
    }
}
