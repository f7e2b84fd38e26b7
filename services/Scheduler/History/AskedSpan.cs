using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Scheduler.History;

/// <summary>A span of time as it was asked for, in milliseconds since 1970 began. Pure.</summary>
/// <param name="Start">The begin.</param>
/// <param name="End">The end.</param>
internal readonly record struct AskedSpan(long Start, long End)
{
    /// <summary>The longest span, in days.</summary>
    public const int MostDays = 800;

    private const string Months = "must be a month from 1970-01 on that has begun, as \"2026-10\"";

    /// <summary>The time zone of a request; UTC where it names none or an unknown one.</summary>
    public static TimeZoneInfo Zone(string name, FieldViolations faults)
    {
        // Not what the system knows beside the names of IANA, such as those of Windows or files.
        if (name.Length == 0 || (name.Length <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '+' or '-')
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _)))
        {
            return name.Length == 0 ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(name);
        }

        faults.Add("time_zone", "is not known: give the name of a zone of IANA, as \"Europe/Berlin\"");
        return TimeZoneInfo.Utc;
    }

    /// <summary>The span of a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="zone">The time zone of months.</param>
    /// <param name="now">Now.</param>
    /// <param name="field">The name of the window in the request.</param>
    /// <param name="faults">What is wrong is added to them.</param>
    public static AskedSpan Of(UptimeWindow? window, TimeZoneInfo zone, DateTimeOffset now, string field, FieldViolations faults)
    {
        switch (window?.SpanCase)
        {
            case UptimeWindow.SpanOneofCase.Last:
                return Last(window.Last, now, $"{field}.last", faults);
            case UptimeWindow.SpanOneofCase.Month:
                return Month(window.Month, zone, now, $"{field}.month", faults);
            case UptimeWindow.SpanOneofCase.Range:
                return Of(window.Range, now, $"{field}.range", faults);
            default:
                faults.Add(field, "must have one of last, month and range");
                return default;
        }
    }

    /// <summary>The span of a range.</summary>
    public static AskedSpan Of(TimeRange? range, DateTimeOffset now, string field, FieldViolations faults)
    {
        var start = Instant(range?.StartTime, $"{field}.start_time", faults);
        var end = range?.EndTime is null ? now.ToUnixTimeMilliseconds() : Instant(range.EndTime, $"{field}.end_time", faults) ?? 0;
        if (start is null)
        {
            faults.Require(range?.StartTime is not null, $"{field}.start_time", "must be given");
            return default;
        }

        if (start >= now.ToUnixTimeMilliseconds())
        {
            faults.Add($"{field}.start_time", "must not lie in the future");
            return default;
        }

        faults.Require(end > start, $"{field}.end_time", "must be later than start_time");
        faults.Require(end - start <= MostDays * HistoryWindow.Day, field, $"must not be longer than {MostDays} days");
        return new AskedSpan(start.Value, end);
    }

    /// <summary>An instant; null: there is none, or it is not valid.</summary>
    public static long? Instant(Timestamp? instant, string field, FieldViolations faults)
    {
        if (instant is null)
        {
            return null;
        }

        // From 1970 to the end of 9999, beyond which a Timestamp is not valid.
        if (instant is { Seconds: >= 0 and < 253_402_300_800, Nanos: >= 0 and < 1_000_000_000 })
        {
            return (instant.Seconds * 1000) + (instant.Nanos / 1_000_000);
        }

        faults.Add(field, "must be an instant from 1970 to 9999");
        return null;
    }

    private static AskedSpan Last(Duration last, DateTimeOffset now, string field, FieldViolations faults)
    {
        var isValid = last is { Nanos: 0, Seconds: >= 60 and <= MostDays * 86_400L };
        faults.Require(isValid, field, $"must be from 1 minute to {MostDays} days, in whole seconds");
        var end = now.ToUnixTimeMilliseconds();
        return isValid ? new AskedSpan(end - (last.Seconds * 1000), end) : default;
    }

    private static AskedSpan Month(string text, TimeZoneInfo zone, DateTimeOffset now, string field, FieldViolations faults)
    {
        if (!DateTime.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) || month.Year is < 1970 or > 9998)
        {
            faults.Add(field, Months);
            return default;
        }

        var (start, end) = (Math.Max(0, BeginOf(month, zone)), Math.Min(BeginOf(month.AddMonths(1), zone), now.ToUnixTimeMilliseconds()));
        faults.Require(end > start, field, Months);
        return new AskedSpan(start, end);
    }

    // The clocks may go forward at midnight: the day then begins later. Where they go back over it, the earlier midnight is the begin.
    private static long BeginOf(DateTime day, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(day))
        {
            day = day.AddMinutes(30);
        }

        var offset = zone.IsAmbiguousTime(day) ? zone.GetAmbiguousTimeOffsets(day).Max() : zone.GetUtcOffset(day);
        return new DateTimeOffset(day, offset).ToUnixTimeMilliseconds();
    }
}
