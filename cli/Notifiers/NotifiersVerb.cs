using Skypunch.Cli.Options;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Notifiers;

/// <summary><c>skypunch notifiers [ID]</c> and the verbs below it.</summary>
internal static class NotifiersVerb
{
    public static VerbCommand Create(CommandLine commandLine)
    {
        var id = new IdArgument("notifier");
        return new VerbCommand("notifiers", "Lists who is told, shows one notifier, or does something with it.")
        {
            Usage =
            [
                "notifiers",
                "notifiers ID",
                "notifiers ID enable | disable | test | edit | delete | deliveries",
                "notifiers add NAME ADDRESS --params PARAMS [options]",
                "notifiers deliveries",
            ],
            Examples =
            [
                ("notifiers", "Lists them all."),
                ("notifiers 1 test", "Sends a test message at once."),
                ("notifiers deliveries", "Shows what was sent, what waits, and why."),
            ],
        }.With(
            id.OfFamily,
            AddNotifier.Create(commandLine, id),
            EditNotifier.Create(commandLine, id),
            DeleteNotifier.Create(commandLine, id),
            SwitchNotifier.Create(commandLine, id, enable: true),
            SwitchNotifier.Create(commandLine, id, enable: false),
            TestNotifier.Create(commandLine, id),
            ListDeliveries.Create(commandLine, id))
        .Does(commandLine, (session, cancellationToken) => session.Given.GetValue(id.OfFamily) is null
            ? ListAsync(session, cancellationToken)
            : ShowAsync(session, id, cancellationToken));
    }

    private static async Task<int> ListAsync(Session session, CancellationToken cancellationToken)
    {
        var notifiers = await session.ListNotifiersAsync(cancellationToken);
        session.Show([.. notifiers.Select(NotifierJson.Of)], CliJson.Shape.NotifierJsonArray, NotifierTables.List(notifiers));
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(Session session, IdArgument id, CancellationToken cancellationToken)
    {
        var notifier = await session.GetNotifierAsync(id, cancellationToken);
        session.Show(NotifierJson.Of(notifier), CliJson.Shape.NotifierJson, NotifierTables.Details(notifier));
        return ExitCodes.Ok;
    }
}
