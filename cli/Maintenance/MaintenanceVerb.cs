using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Maintenance;

/// <summary><c>skypunch maintenance [ID]</c> and the verbs below it.</summary>
internal static class MaintenanceVerb
{
    public static VerbCommand Create(VerbRunner runner)
    {
        var id = WindowCalls.Id();
        return new VerbCommand("maintenance", "Lists when failures are expected and told to nobody, shows one such window, or does something with it.")
        {
            Usage =
            [
                "maintenance",
                "maintenance ID",
                "maintenance now TIME TARGET | --filter EXPR",
                "maintenance add NAME --filter EXPR [options]",
                "maintenance ID edit | delete",
            ],
            Examples =
            [
                ("maintenance", "Lists them all, and what each does now."),
                ("maintenance 1", "Shows one, with the next times it comes and how many targets it covers."),
                ("maintenance now 30m Shop", "For half an hour nobody is told that Shop fails."),
                ("maintenance add Backup --filter 'group : db' --weekly MON-FRI --at 02:00 --for 45m --zone Europe/Berlin", "Each night before a working day."),
            ],
            Remarks = "Targets are probed as ever, and all is in their history. While a window covers a target, notifiers are told only that it recovered from a failure of which they were told. "
                + "What still fails when the window is over is told then, when one more probe has failed. EXPR is that of 'targets --filter', without status and reason.",
        }.With(
            id.OfFamily,
            StartWindow.Create(runner, id),
            AddWindow.Create(runner, id),
            EditWindow.Create(runner, id),
            DeleteWindow.Create(runner, id))
        .Does(runner, (session, cancellationToken) => session.Given.GetValue(id.OfFamily) is null
            ? ListAsync(session, cancellationToken)
            : ShowAsync(session, id, cancellationToken));
    }

    private static async Task<int> ListAsync(Session session, CancellationToken cancellationToken)
    {
        var windows = await session.ListWindowsAsync(cancellationToken);
        session.Show(
            [.. windows.Select(MaintenanceShapes.Of)],
            MaintenanceShapes.Json.JsonObjectArray,
            WindowTables.List(windows, session.Surroundings.Time));
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(Session session, IdArgument id, CancellationToken cancellationToken)
    {
        var window = await session.GetWindowAsync(id, cancellationToken);
        session.Show(MaintenanceShapes.Of(window), MaintenanceShapes.Json.JsonObject, WindowTables.Details(window, session.Surroundings.Time));
        return ExitCodes.Ok;
    }
}
