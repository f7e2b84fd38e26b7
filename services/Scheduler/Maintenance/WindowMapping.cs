using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.AdminApi;
using MaintenanceWindow = Skypunch.Scheduler.Model.MaintenanceWindow;

namespace Skypunch.Scheduler.Maintenance;

/// <summary>Between the API's window and the store's. Pure.</summary>
internal static class WindowMapping
{
    private const int MostOccurrences = 5;
    private const long LastSecond = 4_102_444_800; // the year 2100

    /// <summary>The fields that a caller may set.</summary>
    public static readonly IReadOnlyCollection<string> Writable = ["name", "description", "filter", "once", "weekly", "cron", "enabled"];

    private static readonly string[] Schedules = ["once", "weekly", "cron"];

    /// <summary>The window as the API shows it, with what is so at an instant; without the number of its targets.</summary>
    public static Admin.V1.MaintenanceWindow ToProto(MaintenanceWindow row, DateTimeOffset now)
    {
        var shown = new Admin.V1.MaintenanceWindow
        {
            Id = row.Id,
            Name = row.Name ?? "",
            Description = row.Description ?? "",
            Filter = row.Filter ?? "",
            Enabled = row.Enabled,
            State = StateOf(row, now),
        };
        if (row.StartAt is not null || row.EndAt is not null)
        {
            shown.Once = new MaintenanceOnce { StartTime = row.StartAt?.ToTimestamp(), EndTime = row.EndAt?.ToTimestamp() };
        }
        else if (row.Weekdays is not null || row.TimeOfDay is not null)
        {
            shown.Weekly = new MaintenanceWeekly
            {
                Weekdays = row.Weekdays ?? "",
                TimeOfDay = row.TimeOfDay ?? "",
                Duration = DurationOf(row),
                TimeZone = row.TimeZone ?? "",
            };
        }
        else if (row.Cron is not null)
        {
            shown.Cron = new MaintenanceCron { Line = row.Cron, Duration = DurationOf(row), TimeZone = row.TimeZone ?? "" };
        }

        return shown;
    }

    /// <summary>What a window of the API becomes where the named fields of it change.</summary>
    public static Admin.V1.MaintenanceWindow Merge(Admin.V1.MaintenanceWindow stored, Admin.V1.MaintenanceWindow given, IReadOnlySet<string> fields)
    {
        var merged = UpdateMask.Merge(stored, given, fields.Except(Schedules));
        if (!fields.Overlaps(Schedules))
        {
            return merged;
        }

        // One of another kind takes the place of the stored one.
        merged.ClearSchedule();
        switch (given.ScheduleCase)
        {
            case Admin.V1.MaintenanceWindow.ScheduleOneofCase.Once:
                merged.Once = given.Once.Clone();
                break;
            case Admin.V1.MaintenanceWindow.ScheduleOneofCase.Weekly:
                merged.Weekly = given.Weekly.Clone();
                break;
            case Admin.V1.MaintenanceWindow.ScheduleOneofCase.Cron:
                merged.Cron = given.Cron.Clone();
                break;
        }

        return merged;
    }

    /// <summary>Writes a window into a row. What has no place there is a fault.</summary>
    public static void Write(Admin.V1.MaintenanceWindow window, MaintenanceWindow row, DateTimeOffset now, FieldViolations faults)
    {
        row.Name = window.Name;
        row.Description = window.Description;
        row.Filter = window.Filter;
        row.Enabled = !window.HasEnabled || window.Enabled;
        (row.StartAt, row.EndAt, row.Weekdays, row.TimeOfDay, row.Cron, row.TimeZone, row.Duration) = (null, null, null, null, null, "UTC", null);
        switch (window.ScheduleCase)
        {
            case Admin.V1.MaintenanceWindow.ScheduleOneofCase.Once:
                WriteOnce(window.Once, row, now, faults);
                break;
            case Admin.V1.MaintenanceWindow.ScheduleOneofCase.Weekly:
                (row.Weekdays, row.TimeOfDay, row.TimeZone) = (window.Weekly.Weekdays.ToUpperInvariant(), window.Weekly.TimeOfDay, window.Weekly.TimeZone);
                row.Duration = SecondsOf(window.Weekly.Duration);
                break;
            case Admin.V1.MaintenanceWindow.ScheduleOneofCase.Cron:
                (row.Cron, row.TimeZone, row.Duration) = (window.Cron.Line, window.Cron.TimeZone, SecondsOf(window.Cron.Duration));
                break;
        }

        if (!faults.Any && WindowRow.Read(row, out var wrong) is null)
        {
            wrong.ForEach(fault => faults.Add($"window.{fault.Field}", fault.Words));
        }
    }

    private static void WriteOnce(MaintenanceOnce once, MaintenanceWindow row, DateTimeOffset now, FieldViolations faults)
    {
        var hasOne = once.EndTime is null != once.Duration is null;
        faults.Require(hasOne, "window.once", "must have an end or a duration, and not both");
        faults.Require(IsInstant(once.StartTime), "window.once.start_time", "must be an instant before the year 2100");
        faults.Require(IsInstant(once.EndTime), "window.once.end_time", "must be an instant before the year 2100");
        var isDuration = once.Duration is null || (SecondsOf(once.Duration) is { } given && given <= ScheduleText.LongestOnce.TotalSeconds);
        faults.Require(isDuration, "window.once.duration", "must be a time from 1s to 366d, in whole seconds");
        if (!faults.Any)
        {
            row.StartAt = once.StartTime?.ToDateTimeOffset() ?? now;
            row.EndAt = once.EndTime?.ToDateTimeOffset() ?? row.StartAt + TimeSpan.FromSeconds(SecondsOf(once.Duration) ?? 0);
        }
    }

    private static MaintenanceState StateOf(MaintenanceWindow row, DateTimeOffset now)
    {
        if (WindowRow.Read(row, out var faults) is not { Schedule: { } schedule })
        {
            return new MaintenanceState { RowFault = string.Join("; ", faults.Select(fault => $"{fault.Field} {fault.Words}")) };
        }

        var current = row.Enabled ? schedule.At(now) : null;
        return new MaintenanceState
        {
            Active = current is not null,
            ActiveUntilTime = current?.End.ToTimestamp(),
            Occurrences =
            {
                schedule.EndingAfter(now).Take(MostOccurrences)
                    .Select(one => new MaintenanceOccurrence { StartTime = one.Start.ToTimestamp(), EndTime = one.End.ToTimestamp() }),
            },
        };
    }

    private static Duration? DurationOf(MaintenanceWindow row) => row.Duration is { } seconds ? Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)) : null;

    private static bool IsInstant(Timestamp? time) => time is null || (time.Seconds is >= 0 and < LastSecond && time.Nanos is >= 0 and < 1_000_000_000);

    // Null where it has no place in a row, which the rules then refuse.
    private static int? SecondsOf(Duration? duration) => duration is { Nanos: 0, Seconds: > 0 and <= int.MaxValue } ? (int)duration.Seconds : null;
}
