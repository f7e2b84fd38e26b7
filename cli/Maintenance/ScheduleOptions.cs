using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.History;
using Skypunch.Cli.Options;
using Skypunch.Cli.Verbs;
using Skypunch.Contracts.Texts;
using Option = System.CommandLine.Option;

namespace Skypunch.Cli.Maintenance;

/// <summary>The options that say when a window comes, the same for a new one and for a change.</summary>
internal sealed class ScheduleOptions
{
    private readonly Option<Moment?> _start = Time("--start", "Once: when it begins, a date such as 2026-12-01T22:30 in the time zone of this machine; 'now'. Default: now.");
    private readonly Option<Moment?> _end = Time("--end", "Once: when it ends, as --start.");
    private readonly Option<Duration> _for = Parsed.Duration("--for", "How long it lasts, such as 90m.");
    private readonly Option<string> _weekly = Parsed.Text("--weekly", "DAYS", "Each week on these days, such as MON-FRI or SAT,SUN. Wants --at, --for and --zone.");
    private readonly Option<string> _at = Parsed.Text("--at", "HH:MM", "Weekly: when it begins, such as 22:30.");
    private readonly Option<string> _cron = Parsed.Text("--cron", "LINE", "When it begins, as minute, hour, day, month and weekday, such as '30 22 * * MON#1'. Wants --for and --zone.");
    private readonly Option<string> _zone = Parsed.Text("--zone", "ZONE", "The time zone of --at and --cron, such as Europe/Berlin or UTC.");

    public ScheduleOptions() => All = [_start, _end, _for, _weekly, _at, _cron, _zone];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>Whether one is given.</summary>
    public bool AreGiven(Session session) => All.Any(option => IsGiven(session, option));

    /// <summary>Writes what is given into a window; what is not given stays, where the window comes as often as before.</summary>
    /// <returns>The field of the window that has changed.</returns>
    /// <exception cref="CliFault">Options were given that do not go together, or none.</exception>
    public string Write(MaintenanceWindow window, Session session)
    {
        foreach (var (field, option) in new (string, Option)[]
        {
            ("once", _end), ("once.start_time", _start), ("once.end_time", _end), ("once.duration", _for),
            ("weekly.weekdays", _weekly), ("weekly.time_of_day", _at), ("weekly.duration", _for), ("weekly.time_zone", _zone),
            ("cron.line", _cron), ("cron.duration", _for), ("cron.time_zone", _zone),
        })
        {
            session.Subject.Name(field, option.Name);
        }

        if (IsGiven(session, _cron))
        {
            Refuse(session, _cron, _start, _end, _weekly, _at);
            WriteCron(window, session);
            return "cron";
        }

        if (IsGiven(session, _weekly) || IsGiven(session, _at))
        {
            Refuse(session, IsGiven(session, _weekly) ? _weekly : _at, _start, _end);
            WriteWeekly(window, session);
            return "weekly";
        }

        if (IsGiven(session, _start) || IsGiven(session, _end))
        {
            Refuse(session, IsGiven(session, _start) ? _start : _end, _zone);
            WriteOnce(window, session);
            return "once";
        }

        return WriteRest(window, session);
    }

    // Only --for and --zone are given: it comes as before, for another time or in another zone.
    private string WriteRest(MaintenanceWindow window, Session session)
    {
        switch (window.ScheduleCase)
        {
            case MaintenanceWindow.ScheduleOneofCase.Weekly:
                WriteWeekly(window, session);
                return "weekly";
            case MaintenanceWindow.ScheduleOneofCase.Cron:
                WriteCron(window, session);
                return "cron";
            case MaintenanceWindow.ScheduleOneofCase.Once when !IsGiven(session, _zone):
                WriteOnce(window, session);
                return "once";
            default:
                throw CliFault.Usage(window.Once is null
                    ? "when? Give --start and --end for once, --weekly and --at, or --cron; 'skypunch maintenance now 30m' begins at once"
                    : "--zone: does not belong to a window that comes once");
        }
    }

    private void WriteOnce(MaintenanceWindow window, Session session)
    {
        var (clock, once) = (session.Surroundings.Time, window.Once?.Clone() ?? new MaintenanceOnce());
        if (IsGiven(session, _end) && IsGiven(session, _for))
        {
            throw CliFault.Usage("--end and --for exclude each other");
        }

        if (window is { Weekly: not null } or { Cron: not null } && !IsGiven(session, _start))
        {
            throw CliFault.Usage("--end: does not belong to a window that comes again; with --start it becomes one that comes once, and --disabled ends it");
        }

        once.StartTime = session.Given.GetValue(_start)?.At(clock) ?? once.StartTime;
        once.EndTime = session.Given.GetValue(_end)?.At(clock) ?? once.EndTime;
        if (IsGiven(session, _for))
        {
            (once.EndTime, once.Duration) = (null, session.Given.GetValue(_for));
        }

        window.Once = once;
    }

    private void WriteWeekly(MaintenanceWindow window, Session session)
    {
        var weekly = window.Weekly?.Clone() ?? new MaintenanceWeekly();
        weekly.Weekdays = session.Given.GetValue(_weekly) ?? weekly.Weekdays;
        weekly.TimeOfDay = session.Given.GetValue(_at) ?? weekly.TimeOfDay;
        weekly.Duration = IsGiven(session, _for) ? session.Given.GetValue(_for) : weekly.Duration;
        weekly.TimeZone = session.Given.GetValue(_zone) ?? weekly.TimeZone;
        window.Weekly = weekly;
    }

    private void WriteCron(MaintenanceWindow window, Session session)
    {
        var cron = window.Cron?.Clone() ?? new MaintenanceCron();
        cron.Line = session.Given.GetValue(_cron) ?? cron.Line;
        cron.Duration = IsGiven(session, _for) ? session.Given.GetValue(_for) : cron.Duration;
        cron.TimeZone = session.Given.GetValue(_zone) ?? cron.TimeZone;
        window.Cron = cron;
    }

    private static void Refuse(Session session, Option given, params ReadOnlySpan<Option> others)
    {
        foreach (var other in others)
        {
            if (IsGiven(session, other))
            {
                throw CliFault.Usage($"{given.Name} and {other.Name} exclude each other");
            }
        }
    }

    private static bool IsGiven(Session session, Option option) => session.Given.GetResult(option) is { Implicit: false };

    // Not how long ago, as elsewhere: a window is rather in the future.
    private static Option<Moment?> Time(string name, string description) => Parsed.Of(
        name,
        "TIME",
        description,
        "must be a date such as 2026-12-01T22:30 or 2026-12-01T22:30Z, or 'now'",
        text => text == "now" ? Moment.Ago(TimeSpan.Zero) : DurationText.TryParse(text, out _) ? null : Moment.Read(text));
}
