using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.Scheduler.History;

/// <summary>What the API tells of a window. Percentages are rounded down, never up. Pure.</summary>
internal static class UptimeOf
{
    private const decimal Places = 100_000m;

    /// <summary>Makes the uptime.</summary>
    /// <param name="window">The window.</param>
    /// <param name="sums">What happened in it.</param>
    /// <param name="downMs">The time of it that was covered and down, in milliseconds.</param>
    /// <param name="incidents">The incidents that were open at some time in it.</param>
    public static Uptime Window(HistoryWindow window, HistorySums sums, long downMs, IReadOnlyList<Span> incidents)
    {
        var length = window.End - window.Start;
        var observed = Math.Min(sums.CoveredMs, length);
        var down = Math.Min(downMs, observed);
        var ended = incidents.Where(incident => !incident.IsOpen && incident.End <= window.End).ToList();
        var begun = incidents.Count(incident => incident.Start >= window.Start);
        var uptime = new Uptime
        {
            StartTime = Instant(window.Start),
            EndTime = Instant(window.End),
            Observed = Time(observed),
            Unknown = Time(length - observed),
            Down = Time(down),
            ObservedPercent = Percent(observed, length) ?? 0,
            PassCount = sums.Passes,
            FailCount = sums.Fails,
            MissedCount = sums.Missed,
            Latency = LatencyOf(sums.Latency),
            IncidentCount = incidents.Count,
            LongestIncident = incidents.Count == 0 ? null : Time(incidents.Max(incident => window.Overlap(incident.Start, incident.End))),
            MeanTimeToRecover = ended.Count == 0 ? null : Time(ended.Sum(incident => incident.End - incident.Start) / ended.Count),
            MeanTimeBetweenFailures = begun == 0 ? null : Time((observed - down) / begun),
        };
        Set(Percent(observed - down, observed), percent => uptime.AvailabilityPercent = percent);
        Set(Percent(sums.Passes, sums.Passes + sums.Fails), percent => uptime.SuccessPercent = percent);
        uptime.Failures.AddRange(Failures(sums.Reasons));
        return uptime;
    }

    /// <summary>The part of a bucket that was down: within incidents, and after a failure.</summary>
    public static long Down(long start, long length, long failingMs, IEnumerable<Span> incidents)
        => failingMs == 0 ? 0 : Math.Min(failingMs, Within(incidents, start, start + length));

    /// <summary>The part of a span that lies within incidents.</summary>
    public static long Within(IEnumerable<Span> incidents, long start, long end)
        => incidents.Sum(incident => new HistoryWindow(start, end).Overlap(incident.Start, incident.End));

    /// <summary>How long passed probes took; null: none passed.</summary>
    public static Latency? LatencyOf(ReadOnlySpan<long> counts) => LatencyCode.Percentile(counts, 50) is not { } half ? null : new Latency
    {
        P50 = half.ToDuration(),
        P95 = LatencyCode.Percentile(counts, 95)!.Value.ToDuration(),
        P99 = LatencyCode.Percentile(counts, 99)!.Value.ToDuration(),
    };

    /// <summary>The failures by their reason, the most frequent first.</summary>
    public static IEnumerable<ReasonCount> Failures(ReadOnlySpan<long> counts)
    {
        var failures = new List<ReasonCount>();
        for (var code = 1; code < counts.Length; code++)
        {
            if (counts[code] > 0)
            {
                failures.Add(new ReasonCount { Reason = ReasonCodes.ReasonOf(code), Count = counts[code] });
            }
        }

        return failures.OrderByDescending(failure => failure.Count);
    }

    public static Timestamp Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToTimestamp();

    public static Duration Time(long ms) => TimeSpan.FromMilliseconds(ms).ToDuration();

    private static double? Percent(long part, long whole) => whole <= 0 ? null : (double)(Math.Floor(part * 100m * Places / whole) / Places);

    private static void Set(double? percent, Action<double> set)
    {
        if (percent is { } known)
        {
            set(known);
        }
    }

    /// <summary>When an incident was open, in milliseconds since 1970 began.</summary>
    /// <param name="Start">Its begin.</param>
    /// <param name="End">Its end; of an open one, now.</param>
    /// <param name="IsOpen">Whether it is open.</param>
    internal readonly record struct Span(long Start, long End, bool IsOpen)
    {
        public static Span Of(IncidentRow row, long now)
            => new(row.BeganAt.ToUnixTimeMilliseconds(), row.EndedAt?.ToUnixTimeMilliseconds() ?? Math.Max(now, row.BeganAt.ToUnixTimeMilliseconds()), row.EndedAt is null);
    }
}
