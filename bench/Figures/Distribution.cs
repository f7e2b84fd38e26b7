namespace Skypunch.Bench.Figures;

/// <summary>Percentiles of durations, in milliseconds.</summary>
internal sealed record Distribution(int Count, double P50, double P95, double P99, double Max)
{
    /// <summary>Computes the percentiles. All figures are 0 if there are no durations.</summary>
    public static Distribution Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Select(duration => Math.Round(duration.TotalMilliseconds, 1)).Order().ToArray();
        return sorted.Length == 0
            ? new Distribution(0, 0, 0, 0, 0)
            : new Distribution(sorted.Length, At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99), sorted[^1]);
    }

    // The nearest rank: the result is a measured duration, not an interpolation between two.
    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
