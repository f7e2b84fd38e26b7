using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.Scheduler.History;

/// <summary>The end of an hour, from its results one by one. Pure.</summary>
internal static class CutHour
{
    /// <summary>Adds the part of an hour from an instant on.</summary>
    /// <param name="sums">Gets it.</param>
    /// <param name="hour">The whole hour.</param>
    /// <param name="results">The results of the hour, the oldest first.</param>
    /// <param name="from">The instant.</param>
    /// <param name="to">The end of what is known: the end of the hour, or now.</param>
    /// <param name="step">The target's frequency, in milliseconds; 0: it is not known any more, and the hour is taken to be covered at its end.</param>
    /// <param name="incidents">The target's incidents.</param>
    /// <returns>The time of it that is covered and lies within incidents, in milliseconds.</returns>
    public static long AddTo(HistorySums sums, TargetHour hour, IReadOnlyList<KeptResult> results, long from, long to, long step, IReadOnlyList<UptimeOf.Span> incidents)
    {
        foreach (var result in results.Where(result => result.Slot >= from))
        {
            sums.Add(result);
        }

        var (covered, down) = results.Count == 0 || step == 0 ? (to - from, UptimeOf.Within(incidents, from, to)) : Times(results, from, to, step, incidents);
        covered = Math.Min(covered, hour.CoveredMs);
        var failing = Math.Min(covered, hour.FailingMs);
        sums.AddTime(covered, failing);
        return Math.Min(down, failing);
    }

    // Incidents say how the target was while it was known: a target that needs several passes in a row is down while it passes the first of them.
    private static (long Covered, long Down) Times(IReadOnlyList<KeptResult> results, long from, long to, long step, IReadOnlyList<UptimeOf.Span> incidents)
    {
        var (covered, down, at) = (0L, 0L, Math.Min(from, results[0].Slot));
        foreach (var result in results.Append(new KeptResult(to, 0, 0)))
        {
            var begin = Math.Max(at, from);
            var end = at + Coverage.Of(Math.Max(0, result.Slot - at), step, 0, result.MissedBefore);
            if (end > begin)
            {
                (covered, down) = (covered + end - begin, down + UptimeOf.Within(incidents, begin, end));
            }

            at = result.Slot;
        }

        return (covered, down);
    }
}
