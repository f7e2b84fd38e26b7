using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Skypunch.Cli.Output;

/// <summary>How times are printed: in the local time zone for people, in UTC for programs; nothing where there is none.</summary>
internal static class Times
{
    /// <summary>Such as "2013-07-11 06:17:54".</summary>
    public static string Local(Timestamp? time, TimeProvider clock) => Local(time, clock, "yyyy-MM-dd HH:mm:ss");

    /// <summary>Such as "2013-07-13 04:44:25.113623".</summary>
    public static string LocalPrecise(Timestamp? time, TimeProvider clock) => Local(time, clock, "yyyy-MM-dd HH:mm:ss.ffffff");

    /// <summary>Written to JSON as "2013-07-11T06:17:54Z".</summary>
    public static DateTime? Utc(Timestamp? time) => time?.ToDateTime();

    /// <summary>A duration in seconds, to the microsecond; 0 where there is none.</summary>
    public static decimal Seconds(Duration? duration) => duration is null ? 0 : duration.Seconds + (duration.Nanos / 1000 / 1_000_000m);

    private static string Local(Timestamp? time, TimeProvider clock, string format)
        => time is null
            ? ""
            : TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), clock.LocalTimeZone).ToString(format, CultureInfo.InvariantCulture);
}
