namespace Skypunch.Scheduler.Model.History;

/// <summary>
/// How long a probe took, in one byte and within 5 %. The codes are logarithmic (DDSketch, arxiv.org/abs/1908.10693): code n stands for the
/// times above 1.105^(n-1) µs up to 1.105^n µs, so 203 codes reach from 1 µs to 10 minutes. Counts per code add up exactly, whichever
/// results they are of. Pure.
/// </summary>
internal static class LatencyCode
{
    /// <summary>How far a code's time may be from the exact time, as a fraction of it.</summary>
    public const double Accuracy = 0.05;

    private const double Gamma = (1 + Accuracy) / (1 - Accuracy);

    private static readonly double PerLog = 1 / Math.Log(Gamma);

    /// <summary>The code of a time. Times below 1 µs count as 1 µs, times beyond the last code as its time.</summary>
    public static byte Of(TimeSpan time)
    {
        var micros = time.Ticks / (double)TimeSpan.TicksPerMicrosecond;
        return micros <= 1 ? (byte)0 : (byte)Math.Min(byte.MaxValue, (int)Math.Ceiling(Math.Log(micros) * PerLog));
    }

    /// <summary>The time that a code stands for.</summary>
    public static TimeSpan TimeOf(int code) => TimeSpan.FromMicroseconds(2 * Math.Pow(Gamma, code) / (Gamma + 1));

    /// <summary>A percentile of the times.</summary>
    /// <param name="counts">How many times have each code.</param>
    /// <param name="percent">From 0 to 100.</param>
    /// <returns>The smallest time that at least so many percent do not exceed; null: there is no time.</returns>
    public static TimeSpan? Percentile(ReadOnlySpan<long> counts, int percent)
    {
        var all = 0L;
        foreach (var count in counts)
        {
            all += count;
        }

        var wanted = Math.Max(1, (long)Math.Ceiling(all * (percent / 100m)));
        for (var code = 0; code < counts.Length && all > 0; code++)
        {
            wanted -= counts[code];
            if (wanted <= 0)
            {
                return TimeOf(code);
            }
        }

        return null;
    }
}
