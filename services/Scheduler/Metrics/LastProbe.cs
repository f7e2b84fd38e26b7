using System.Globalization;
using Skypunch.Contracts;

namespace Skypunch.Scheduler.Metrics;

/// <summary>
/// What the last probe of a target measured, as its row keeps it for <see cref="TargetMetricsPage"/>: numbers with semicolons between, empty where there is
/// none. Short, as it is written with every result. Pure.
/// </summary>
/// <param name="Passed">Whether it passed.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="StatusCode">The status of the answer.</param>
/// <param name="CertificateNotAfter">When the server's certificates end.</param>
/// <param name="Timings">Where the time went.</param>
internal sealed record LastProbe(
    bool Passed,
    TimeSpan Duration,
    int? StatusCode,
    DateTimeOffset? CertificateNotAfter,
    ProbeTimings Timings)
{
    /// <summary>The most characters of the text.</summary>
    public const int Longest = 160;

    private const int Fields = 10;

    // What a hand has written beyond these is no instant and no time.
    private const long LatestEnd = 253_402_300_800; // the year 10000
    private const long LongestTime = 86_400_000_000;

    /// <summary>The text of a result.</summary>
    public static string Write(ProbeResult result)
    {
        var t = result.Timings;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(result.Passed ? 1 : 0)};{Micros(result.Duration)};{result.StatusCode};{result.CertificateNotAfter?.ToUnixTimeSeconds()};{Micros(t.Auth)};{Micros(t.Dns)};{Micros(t.Connect)};{Micros(t.Tls)};{Micros(t.Wait)};{Micros(t.Transfer)}");
    }

    /// <summary>Reads the text; null where it is none, as before the first probe.</summary>
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
