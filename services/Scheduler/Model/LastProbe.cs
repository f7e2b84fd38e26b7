using System.Globalization;
using Skypunch.Contracts;

namespace Skypunch.Scheduler.Model;

/// <summary>
/// What the last probe of a target measured, for <c>/metrics/targets</c>. The row keeps it as numbers separated by semicolons, with nothing
/// between them where there is no number. The text is short, since it is written with every result. Times are in microseconds. Pure.
/// </summary>
/// <param name="Passed">Whether the probe passed.</param>
/// <param name="Duration">How long the probe took.</param>
/// <param name="StatusCode">The HTTP status of the answer; null: there was no answer.</param>
/// <param name="CertificateNotAfter">When the first of the server's certificates expires; null: there was none.</param>
/// <param name="Timings">How long each phase took.</param>
internal sealed record LastProbe(
    bool Passed,
    TimeSpan Duration,
    int? StatusCode,
    DateTimeOffset? CertificateNotAfter,
    ProbeTimings Timings)
{
    /// <summary>The most characters that the text may have.</summary>
    public const int Longest = 160;

    private const int Fields = 10;

    // A number outside these ranges can only come from an edit by hand in SQL. It is ignored.
    private const long LatestEnd = 253_402_300_800; // the year 10000, in seconds since 1970
    private const long LongestTime = 86_400_000_000; // a day, in microseconds

    /// <summary>Writes the text for a result.</summary>
    public static string Write(ProbeResult result)
    {
        var t = result.Timings;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(result.Passed ? 1 : 0)};{Micros(result.Duration)};{result.StatusCode};{result.CertificateNotAfter?.ToUnixTimeSeconds()};{Micros(t.Auth)};{Micros(t.Dns)};{Micros(t.Connect)};{Micros(t.Tls)};{Micros(t.Wait)};{Micros(t.Transfer)}");
    }

    /// <summary>Reads the text; null where there is none, as before the first probe, or where the text is malformed.</summary>
    public static LastProbe? Read(string? text)
    {
        var parts = text is { Length: <= Longest } ? text.Split(';') : null;
        return parts?.Length != Fields ? null : new LastProbe(
            parts[0] == "1",
            Time(1) ?? TimeSpan.Zero,
            Number(2) is { } status and >= 0 and < 1000 ? (int)status : null,
            Number(3) is { } end and >= 0 and < LatestEnd ? DateTimeOffset.FromUnixTimeSeconds(end) : null,
            new ProbeTimings(Time(4), Time(5), Time(6), Time(7), Time(8), Time(9)));

        long? Number(int at) => long.TryParse(parts[at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

        TimeSpan? Time(int at) => Number(at) is { } micros and >= 0 and < LongestTime ? TimeSpan.FromMicroseconds(micros) : null;
    }

    private static long? Micros(TimeSpan? time) => (long?)time?.TotalMicroseconds;
}
