using Skypunch.Contracts;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Folding;

/// <summary>Records a result in a target's row: between the columns and <see cref="TargetHealth"/>.</summary>
internal static class TargetRecord
{
    /// <summary>Records a result.</summary>
    /// <returns>Whether it moved anything; a late or doubled one does not.</returns>
    public static bool Record(this Target target, ProbeResult result, DateTimeOffset now, out StatusEdge? edge)
    {
        var thresholds = new Thresholds(Math.Max(1, target.FailureThreshold), Math.Max(1, target.SuccessThreshold));
        var isCurrent = target.Enabled && target.Revision == result.Revision;
        var verdict = new Verdict(result.Slot, result.StartedAt, result.Passed, result.StatusCode, isCurrent);
        var landed = target.Land(result.Slot);
        if (HealthOf(target).Apply(verdict, thresholds) is not var (next, found))
        {
            edge = null;
            return landed;
        }

        edge = found;
        Write(next, target);
        if (isCurrent)
        {
            target.LastUpdated = now;
            target.Reason = result.Reason;
            target.StatusDescription = Cut(result.Description);
        }

        return true;
    }

    // The probe is no more in flight, whether its result counts or not.
    private static bool Land(this Target target, DateTimeOffset slot)
    {
        if (!(target.InFlightSlotAt <= slot))
        {
            return false;
        }

        target.InFlightSlotAt = null;
        target.InFlightUntil = null;
        return true;
    }

    private static string Cut(string text) => text.Length <= SchedulerDb.LongestDescription ? text : text[..(SchedulerDb.LongestDescription - 1)] + "…";

    private static TargetHealth HealthOf(Target t) => new()
    {
        Status = t.Status,
        PreviousStatus = t.PreviousStatus,
        Since = t.StatusSince,
        LastSlot = t.LastSlotAt,
        RepeatedPasses = t.RepeatedPasses,
        Counters = Counters(t),
    };

    /// <summary>The counters of a row.</summary>
    public static TargetCounters Counters(Target t)
        => new(t.PassCount, t.FailCount, t.Count200, t.Count300, t.Count400, t.Count500, t.NetworkFails, t.RepeatedFails);

    private static void Write(TargetHealth health, Target t)
    {
        t.Status = health.Status;
        t.PreviousStatus = health.PreviousStatus;
        t.StatusSince = health.Since;
        t.LastSlotAt = health.LastSlot;
        t.RepeatedPasses = health.RepeatedPasses;
        t.PassCount = health.Counters.Pass;
        t.FailCount = health.Counters.Fail;
        t.Count200 = health.Counters.Status200;
        t.Count300 = health.Counters.Status300;
        t.Count400 = health.Counters.Status400;
        t.Count500 = health.Counters.Status500;
        t.NetworkFails = health.Counters.NetworkFails;
        t.RepeatedFails = health.Counters.RepeatedFails;
    }
}
