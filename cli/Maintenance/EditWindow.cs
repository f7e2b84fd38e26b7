using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Maintenance;

/// <summary><c>skypunch maintenance edit ID</c>: changes what is given, and nothing else.</summary>
internal static class EditWindow
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var name = Parsed.Text("--name", "NAME", "What it is called; unique.");
        var enabled = new Option<bool>("--enabled") { Description = "It covers its targets again." };
        var schedule = new ScheduleOptions();
        List<RequestField<MaintenanceWindow>> fields =
        [
            new("name", name, (s, w) => w.Name = s.Given.GetValue(name)!),
            .. new WindowFields().All,
            new("enabled", enabled, (_, w) => w.Enabled = true),
        ];
        return new VerbCommand("edit", "Changes what is given of a window.")
        {
            Usage = ["maintenance edit ID [options]", "maintenance ID edit [options]"],
            Examples =
            [
                ("maintenance edit 1 --end now", "Ends a window that comes once. What still fails is told by its next probe."),
                ("maintenance edit 1 --for 2h", "Makes it longer, or shorter."),
                ("maintenance edit Backup --disabled", "Leaves it out until it is enabled."),
            ],
        }.With(id.OfVerb).WithFields(fields).With(schedule.All).Does(runner, async (session, cancellationToken) =>
        {
            var stored = await session.GetWindowAsync(id, cancellationToken);
            var window = new MaintenanceWindow { Id = stored.Id };
            var mask = fields.CopyTo(window, session);
            if (schedule.AreGiven(session))
            {
                mask.Paths.Add(WriteSchedule(window, stored, schedule, session));
            }

            if (mask.Paths.Count == 0)
            {
                throw CliFault.Usage("nothing to change: give at least one option");
            }

            var request = new UpdateMaintenanceWindowRequest { Window = window, UpdateMask = mask };
            var changed = (await session.Api.Maintenance.UpdateMaintenanceWindowAsync(request, session.Call(cancellationToken))).Window;
            session.Show(
                MaintenanceShapes.Of(changed),
                MaintenanceShapes.Json.JsonObject,
                () => session.Say($"Window: {changed.Name} has been Changed; {WindowText.Coverage(changed, session.Surroundings.Time)}"));
            return ExitCodes.Ok;
        });
    }

    private static string WriteSchedule(MaintenanceWindow window, MaintenanceWindow stored, ScheduleOptions schedule, Session session)
    {
        var whole = stored.Clone();
        var field = schedule.Write(whole, session);
        new FieldMask { Paths = { field } }.Merge(whole, window);
        return field;
    }
}
