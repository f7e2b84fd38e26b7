using Skypunch.Contracts;
using Skypunch.Scheduler.Metrics;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Folding;

/// <summary>What a result did to a target's row.</summary>
/// <param name="HasMoved">Whether it moved anything; a late or doubled one does not.</param>
/// <param name="IsJudged">Whether it tells of the target as it is now.</param>
/// <param name="Edge">The change of the status that it made.</param>
/// <param name="Opinion">What became of a failure that another Prober was to confirm, or was asked to confirm.</param>
internal readonly record struct Recorded(bool HasMoved, bool IsJudged = false, StatusEdge? Edge = null, OpinionOutcome Opinion = OpinionOutcome.None);

/// <summary>What a result has to do with a second opinion.</summary>
internal enum OpinionOutcome
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is a failure that is withheld until another Prober has looked.</summary>
    Asked,

    /// <summary>It is a pass, where another Prober saw a failure that was withheld.</summary>
    Contradicted,
}

/// <summary>Records a result in a target's row: between the columns and <see cref="TargetHealth"/>.</summary>
internal static class TargetRecord
{
    /// <summary>Records a result.</summary>
    public static Recorded Record(this Target target, ProbeResult result, SecondOpinion opinion, DateTimeOffset now)
    {
        var thresholds = new Thresholds(Math.Max(1, target.FailureThreshold), Math.Max(1, target.SuccessThreshold));
        var isCurrent = target.Enabled && target.Revision == result.Revision;
        var slot = SlotOf(target, result.Slot, now);
        var landed = target.Land(result.Slot);
        if (slot is null)
        {
            return new Recorded(landed);
        }

        var verdict = new Verdict(slot.Value, IsAhead(result.StartedAt, now) ? now : result.StartedAt, result.Passed, result.StatusCode, isCurrent);
        var before = HealthOf(target, now);
        var isWithheld = isCurrent && !result.Passed && opinion.IsWanted(before, result.Reason, thresholds);
        if (before.Apply(verdict, isWithheld ? thresholds with { Failures = thresholds.Failures + 1 } : thresholds) is not var (next, edge))
        {
            return new Recorded(landed);
        }

        Write(next, target);
        if (isCurrent)
        {
            target.LastUpdated = now;
            target.LastProbe = LastProbe.Write(result);
            target.Reason = result.Reason;
            target.StatusDescription = Cut(edge?.To is TargetStatus.Fail && opinion.IsSecond
                ? $"{result.Description} (seen by {opinion.SeenBefore} and {opinion.Prober})"
                : result.Description);
            target.Advice = result.Passed || result.Advice is null ? null : Cut(result.Advice);
            target.NextProbeAt = isWithheld
                ? SecondOpinion.NextProbe(result.Slot, target.NextProbeAt, now)
                : RetrySlot.Next(next, verdict, RetryInterval(target), target.NextProbeAt, now);
        }

        var isContradiction = isCurrent && result.Passed && opinion.IsContradiction(before, thresholds);
        return new Recorded(true, isCurrent, edge, isWithheld ? OpinionOutcome.Asked : isContradiction ? OpinionOutcome.Contradicted : OpinionOutcome.None);
    }

    /// <summary>Records that a slot could not be probed by a fault of Skypunch's own: it is missed, and says nothing of the target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="isWithheld">Whether the Prober is cut off: that is told of the Prober, and not of each target.</param>
    /// <param name="now">The instant of the fold.</param>
    /// <returns>Whether that is new; it may be told twice or late.</returns>
    public static bool RecordNotProbed(this Target target, DateTimeOffset slot, bool isWithheld, DateTimeOffset now)
    {
        var recorded = SlotOf(target, slot, now);
        target.Land(slot);
        if (recorded is null || recorded <= LastSlotOf(target, now))
        {
            return false;
        }

        target.LastSlotAt = recorded;
        target.RepeatedNotProbed += isWithheld ? 0 : 1;
        return true;
    }

    // The slot that the result is recorded for. Where a clock was set back, slots lie ahead that are recorded already, or were claimed before: then the result of the
    // probe that is in flight counts, once, as one of now; no other does.
    private static DateTimeOffset? SlotOf(Target target, DateTimeOffset slot, DateTimeOffset now)
    {
        if (!IsAhead(slot, now) && !IsAhead(target.LastSlotAt, now))
        {
            return slot;
        }

        return target.InFlightSlotAt != slot ? null : slot < now ? slot : now;
    }

    private static DateTimeOffset? LastSlotOf(Target target, DateTimeOffset now) => IsAhead(target.LastSlotAt, now) ? null : target.LastSlotAt;

    // No slot is, by the clock: a probe begins at its slot or later, and is recorded after it.
    private static bool IsAhead(DateTimeOffset? instant, DateTimeOffset now) => instant > now + Slots.ClockDifference;

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

    private static TimeSpan? RetryInterval(Target target) => target.RetryInterval is { } seconds ? TimeSpan.FromSeconds(Math.Max(1, seconds)) : null;

    private static string Cut(string text) => text.Length <= SchedulerDb.LongestDescription ? text : text[..(SchedulerDb.LongestDescription - 1)] + "…";

    private static TargetHealth HealthOf(Target t, DateTimeOffset now) => new()
    {
        Status = t.Status,
        PreviousStatus = t.PreviousStatus,
        Since = t.StatusSince,
        LastSlot = LastSlotOf(t, now),
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
