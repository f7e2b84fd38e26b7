using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Maintenance;

/// <summary><c>skypunch maintenance add NAME</c>.</summary>
internal static class AddWindow
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var name = new Argument<string>("NAME") { Description = "What it is called; unique." };
        var schedule = new ScheduleOptions();
        List<RequestField<MaintenanceWindow>> fields = [new("name", name, (s, w) => w.Name = s.Given.GetValue(name)!), .. new WindowFields().All];
        return new VerbCommand("add", "Adds a window in which failures of some targets are expected.")
        {
            Usage =
            [
                "maintenance add NAME --filter EXPR --start TIME --end TIME",
                "maintenance add NAME --filter EXPR --weekly DAYS --at HH:MM --for TIME --zone ZONE",
                "maintenance add NAME --filter EXPR --cron LINE --for TIME --zone ZONE",
            ],
            Examples =
            [
                ("maintenance add Move --filter 'group : shop' --start 2026-12-01T22:00 --end 2026-12-02T04:00", "Once, in the time zone of this machine."),
                ("maintenance add Backup --filter 'labels.db : *' --weekly MON-FRI --at 02:00 --for 45m --zone Europe/Berlin", "Each night before a working day."),
                ("maintenance add Patches --filter 'id > 0' --cron '0 22 * * TUE#2' --for 4h --zone America/New_York", "On the second Tuesday of each month."),
            ],
            Remarks = "A window that begins in the hour that a change to summer time skips begins at the end of that hour; in the hour that comes twice, in the first of the two. "
                + "It lasts as long as it says.",
        }.WithFields(fields).With(schedule.All).Does(runner, async (session, cancellationToken) =>
        {
            id.MustBeAbsent(session.Given);
            (session.Subject.Kind, session.Subject.Lists) = ("window", "maintenance");
            var window = new MaintenanceWindow();
            fields.CopyTo(window, session);
            schedule.Write(window, session);
            session.ShowAdded(await session.CreateWindowAsync(window, cancellationToken));
            return ExitCodes.Ok;
        });
    }
}
