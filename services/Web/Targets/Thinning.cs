using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;

namespace Skypunch.Web.Targets;

/// <summary>Makes few points of many, for a chart: neighbours become one point. Pure.</summary>
public static class Thinning
{
    /// <summary>The points, or at most so many in their place.</summary>
    /// <param name="points">The points, oldest first.</param>
    /// <param name="most">The most points, 1 or more.</param>
    public static IReadOnlyList<SeriesPoint> To(IReadOnlyList<SeriesPoint> points, int most)
        => points.Count <= most ? points : [.. points.Chunk((points.Count + most - 1) / most).Select(Together)];

    // Percentiles of single results are exact; those of hours are the median and the worst of theirs.
    private static SeriesPoint Together(SeriesPoint[] some)
    {
        var point = new SeriesPoint
        {
            StartTime = some[0].StartTime,
            PassCount = some.Sum(p => p.PassCount),
            FailCount = some.Sum(p => p.FailCount),
            MissedCount = some.Sum(p => p.MissedCount),
            Failures = { some.SelectMany(p => p.Failures).GroupBy(f => f.Reason).Select(g => new ReasonCount { Reason = g.Key, Count = g.Sum(f => f.Count) }) },
        };
        var latencies = some.Where(p => p.PassCount > 0 && p.Latency is not null).Select(p => p.Latency).ToList();
        if (latencies.Count > 0)
        {
            point.Latency = new()
            {
                P50 = At(latencies.Select(l => l.P50), 0.5),
                P95 = At(latencies.Select(l => l.P95), 0.95),
                P99 = At(latencies.Select(l => l.P99), 0.99),
            };
        }

        return point;
    }

    private static Duration? At(IEnumerable<Duration?> values, double share)
    {
        var sorted = values.OfType<Duration>().OrderBy(d => d.ToTimeSpan()).ToList();
        return sorted.Count == 0 ? null : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }
}
