using System.Globalization;
using System.Text.RegularExpressions;
using Cronos;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Maintenance;

/// <summary>Reads when a window covers its targets from the columns of its row. A weekly window is a line of cron, too. Pure.</summary>
internal static partial class ScheduleText
{
    /// <summary>The shortest window that comes again.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The longest window that comes again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>The shortest window that comes once.</summary>
    public static readonly TimeSpan ShortestOnce = TimeSpan.FromSeconds(1);

    /// <summary>The longest window that comes once.</summary>
    public static readonly TimeSpan LongestOnce = TimeSpan.FromDays(366);

    private const int CronFields = 5;

    /// <summary>Reads the schedule; null: something is wrong, which is added to the faults.</summary>
    public static WindowSchedule? Read(MaintenanceWindow row, List<WindowFault> faults) => row switch
    {
        { StartAt: not null } or { EndAt: not null } => Once(row, faults),
        { Weekdays: not null } or { TimeOfDay: not null } => Weekly(row, faults),
        { Cron: not null } => Again("cron", CronOf(row.Cron, faults), row, faults),
        _ => None(faults),
    };

    private static WindowSchedule? None(List<WindowFault> faults)
    {
        faults.Add(new WindowFault("schedule", "must be given: one of once, weekly and cron"));
        return null;
    }

    private static WindowSchedule? Once(MaintenanceWindow row, List<WindowFault> faults)
    {
        if (row is { StartAt: { } start, EndAt: { } end } && end - start >= ShortestOnce && end - start <= LongestOnce)
        {
            return WindowSchedule.Once(start, end);
        }

        faults.Add(new WindowFault("once.end_time", $"must be {DurationText.InOneUnit(ShortestOnce)} to {DurationText.InOneUnit(LongestOnce)} after the begin"));
        return null;
    }

    private static WindowSchedule? Weekly(MaintenanceWindow row, List<WindowFault> faults)
    {
        var days = (row.Weekdays ?? "").ToUpperInvariant();
        var areDays = days.Length <= MaintenanceWindow.LongestWeekdays && Days().IsMatch(days);
        if (!areDays)
        {
            faults.Add(new WindowFault("weekly.weekdays", "must be days such as MON,TUE or MON-FRI: MON, TUE, WED, THU, FRI, SAT, SUN"));
        }

        var isTime = TimeOnly.TryParseExact(row.TimeOfDay ?? "", "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        if (!isTime)
        {
            faults.Add(new WindowFault("weekly.time_of_day", "must be hours and minutes from 00:00 to 23:59, such as 22:30"));
        }

        var begins = areDays && isTime ? CronExpression.Parse(string.Create(CultureInfo.InvariantCulture, $"{time.Minute} {time.Hour} * * {days}")) : null;
        return Again("weekly", begins, row, faults);
    }

    private static WindowSchedule? Again(string form, CronExpression? begins, MaintenanceWindow row, List<WindowFault> faults)
    {
        var duration = TimeSpan.FromSeconds(row.Duration ?? 0);
        if (duration < Shortest || duration > Longest)
        {
            faults.Add(new WindowFault(
                $"{form}.duration",
                $"must be a time from {DurationText.InOneUnit(Shortest)} to {DurationText.InOneUnit(Longest)}, in whole seconds"));
        }

        var zone = ZoneOf(row.TimeZone ?? "");
        if (zone is null)
        {
            faults.Add(new WindowFault($"{form}.time_zone", "must be the name of a zone of IANA, such as Europe/Berlin or UTC"));
        }

        return faults.Count == 0 && begins is not null && zone is not null ? WindowSchedule.Again(begins, zone, duration) : null;
    }

    private static CronExpression? CronOf(string line, List<WindowFault> faults)
    {
        const string Field = "cron.line";
        const string Form = "must have five fields: minute, hour, day of the month, month and day of the week";
        if (line.Length > MaintenanceWindow.LongestCron || line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length != CronFields)
        {
            faults.Add(new WindowFault(Field, Form));
            return null;
        }

        try
        {
            var cron = CronExpression.Parse(line);
            if (cron.GetNextOccurrence(DateTime.UnixEpoch) is not null)
            {
                return cron;
            }

            faults.Add(new WindowFault(Field, "names a day that never comes"));
        }
        catch (CronFormatException e)
        {
            faults.Add(new WindowFault(Field, $"cannot be read: {OneLine.Of(e.Message)}"));
        }

        return null;
    }

    // Not what the system knows beside the names of IANA, such as those of Windows or files.
    private static TimeZoneInfo? ZoneOf(string name)
        => name.Length is > 0 and <= MaintenanceWindow.LongestZone && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '+' or '-')
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    [GeneratedRegex(@"\A(?:(?:^|,)(?:MON|TUE|WED|THU|FRI|SAT|SUN)(?:-(?:MON|TUE|WED|THU|FRI|SAT|SUN))?)+\z")]
    private static partial Regex Days();
}
