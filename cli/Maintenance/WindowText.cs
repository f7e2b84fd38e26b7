using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Maintenance;

/// <summary>A maintenance window in words.</summary>
internal static class WindowText
{
    private const string Minutes = "yyyy-MM-dd HH:mm";

    /// <summary>When it comes, such as "MON-FRI 22:30 for 1h, Europe/Berlin".</summary>
    public static string When(MaintenanceWindow window, TimeProvider clock) => window.ScheduleCase switch
    {
        MaintenanceWindow.ScheduleOneofCase.Once => Between(window.Once.StartTime, window.Once.EndTime, clock.LocalTimeZone),
        MaintenanceWindow.ScheduleOneofCase.Weekly
            => $"{window.Weekly.Weekdays} {window.Weekly.TimeOfDay} for {Spans.Of(window.Weekly.Duration)}, {window.Weekly.TimeZone}",
        MaintenanceWindow.ScheduleOneofCase.Cron => $"{window.Cron.Line} for {Spans.Of(window.Cron.Duration)}, {window.Cron.TimeZone}",
        _ => "",
    };

    /// <summary>What it does now, such as "active until 2026-11-28 20:00", "from 2026-11-29 22:30", "over" or "off".</summary>
    public static string Now(MaintenanceWindow window, TimeProvider clock) => window switch
    {
        { State.RowFault.Length: > 0 } => "cannot be used",
        { HasEnabled: true, Enabled: false } => "off",
        { State: { Active: true } state } => $"active until {At(state.ActiveUntilTime, ZoneOf(window, clock))}",
        { State.Occurrences: [var next, ..] } => $"from {At(next.StartTime, ZoneOf(window, clock))}",
        _ => "over",
    };

    /// <summary>How many targets it covers and when, as the end of a sentence.</summary>
    public static string Coverage(MaintenanceWindow window, TimeProvider clock)
    {
        var targets = window.State?.TargetCount is 1 ? "1 target" : FormattableString.Invariant($"{window.State?.TargetCount ?? 0} targets");
        return window switch
        {
            { State: { Active: true } state } => $"it covers {targets} until {Both(state.ActiveUntilTime, ZoneOf(window, clock))}",
            { HasEnabled: true, Enabled: false } => $"it would cover {targets}, and is off",
            { State.Occurrences: [var next, ..] } => $"it covers {targets} from {Both(next.StartTime, ZoneOf(window, clock))}",
            _ => "it is over",
        };
    }

    /// <summary>An occurrence in the window's time zone and in UTC.</summary>
    public static string Of(MaintenanceOccurrence occurrence, MaintenanceWindow window, TimeProvider clock)
    {
        var zone = ZoneOf(window, clock);
        var local = Between(occurrence.StartTime, occurrence.EndTime, zone);
        return IsUtc(zone) ? $"{local} UTC" : $"{local} ({Between(occurrence.StartTime, occurrence.EndTime, TimeZoneInfo.Utc)} UTC)";
    }

    private static string Both(Timestamp time, TimeZoneInfo zone)
        => IsUtc(zone) ? $"{At(time, zone)} UTC" : $"{At(time, zone)} ({At(time, TimeZoneInfo.Utc)} UTC)";

    // Under whatever name.
    private static bool IsUtc(TimeZoneInfo zone) => zone.HasSameRules(TimeZoneInfo.Utc);

    // The day of the end only where it is another one.
    private static string Between(Timestamp? start, Timestamp? end, TimeZoneInfo zone)
    {
        var (from, to) = (At(start, zone), At(end, zone));
        return $"{from} - {(to.Length > 11 && from.StartsWith(to[..11], StringComparison.Ordinal) ? to[11..] : to)}";
    }

    // Seconds only where there are some.
    private static string At(Timestamp? time, TimeZoneInfo zone)
        => time is null ? "" : TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), zone) is var local
            ? local.ToString(local.Second == 0 ? Minutes : $"{Minutes}:ss", CultureInfo.InvariantCulture)
            : "";

    // A machine may have no time zones; one-off windows are shown in that of the machine.
    private static TimeZoneInfo ZoneOf(MaintenanceWindow window, TimeProvider clock)
        => (window.Weekly?.TimeZone ?? window.Cron?.TimeZone) is not { } name ? clock.LocalTimeZone
            : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
