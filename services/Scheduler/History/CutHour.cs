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
    /// <returns>The time of it that is covered and in which the target failed, in milliseconds.</returns>
    public static (long CoveredMs, long FailingMs) AddTo(HistorySums sums, TargetHour hour, IReadOnlyList<KeptResult> results, long from, long to, long step)
    {
        foreach (var result in results.Where(result => result.Slot >= from))
        {
            sums.Add(result);
        }

        var (covered, failing) = results.Count == 0 || step == 0 ? (to - from, to - from) : Times(results, from, to, step);
        covered = Math.Min(covered, hour.CoveredMs);
        failing = Math.Min(Math.Min(failing, covered), hour.FailingMs);
        sums.AddTime(covered, failing);
        return (covered, failing);
    }

    // Before the first result the target may have failed; incidents say whether it did.
    private static (long Covered, long Failing) Times(IReadOnlyList<KeptResult> results, long from, long to, long step)
    {
        var (covered, failing, at, isFailing) = (0L, 0L, from - Math.Max(0, from - (results.Count == 0 ? from : results[0].Slot)), true);
        foreach (var result in results.Append(new KeptResult(to, 0, 0)))
        {
            var coveredTo = at + Coverage.Of(Math.Max(0, result.Slot - at), step, 0, result.MissedBefore);
            var more = Math.Max(0, coveredTo - Math.Max(at, from));
            (covered, failing) = (covered + more, failing + (isFailing ? more : 0));
            (at, isFailing) = (result.Slot, !result.Passed);
        }

        return (covered, failing);
    }
}
