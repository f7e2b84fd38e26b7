using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>What a result did to a target's row.</summary>
/// <param name="HasChanged">Whether it changed the row. A result that is late or delivered twice does not.</param>
/// <param name="IsJudged">Whether it is about the target as it is now, and so may change the status.</param>
/// <param name="Edge">The status change that it made.</param>
/// <param name="Opinion">Whether the result is withheld until a second opinion, or is a second opinion that contradicts.</param>
/// <param name="Incident">What it did to the target's incident.</param>
/// <param name="IsRepetition">Whether it is a failure whose trace need not be stored (<see cref="FailureTrace"/>).</param>
internal readonly record struct Recorded(
    bool HasChanged,
    bool IsJudged = false,
    StatusEdge? Edge = null,
    OpinionOutcome Opinion = OpinionOutcome.None,
    IncidentStep Incident = default,
    bool IsRepetition = false);

/// <summary>What a result has to do with a second opinion.</summary>
internal enum OpinionOutcome
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The result is a failure that is withheld until another Prober has probed the target.</summary>
    Asked,

    /// <summary>The result is a pass, after a failure that another Prober saw and that was withheld.</summary>
    Contradicted,
}

/// <summary>
/// Records a result in a target's row: reads <see cref="TargetHealth"/> from the columns, applies the result, and writes the columns.
/// </summary>
internal static class TargetRecord
{
    /// <summary>Records a result.</summary>
    /// <param name="target">The target, whose row is locked.</param>
    /// <param name="result">The result.</param>
    /// <param name="opinion">What is known for a second opinion.</param>
    /// <param name="closed">What becomes complete in the target's history is added to it.</param>
    /// <param name="now">The instant of the fold.</param>
    public static Recorded Record(this Target target, ProbeResult result, SecondOpinion opinion, ClosedHistory closed, DateTimeOffset now)
    {
        var thresholds = new Thresholds(Math.Max(1, target.FailureThreshold), Math.Max(1, target.SuccessThreshold));
        var isCurrent = target.Enabled && target.Revision == result.Revision;
        var slot = SlotOf(target, result.Slot, now);
        var wasInFlight = target.ClearInFlight(result.Slot);
        if (slot is null)
        {
            return new Recorded(wasInFlight);
        }

        var verdict = new Verdict(slot.Value, IsAhead(result.StartedAt, now) ? now : result.StartedAt, result.Passed, result.StatusCode, isCurrent);
        var before = HealthOf(target, now);
        var isWithheld = isCurrent && !result.Passed && opinion.IsWanted(before, result.Reason, thresholds);
        if (before.Apply(verdict, isWithheld ? thresholds with { Failures = thresholds.Failures + 1 } : thresholds) is not var (next, edge))
        {
            return new Recorded(wasInFlight);
        }

        var incident = target.AddToHistory(verdict, result, before, next.Status, closed);
        var isRepetition = !result.Passed && FailureTrace.IsRepetition(target, result, Cut(result.Description));
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
        var outcome = isWithheld ? OpinionOutcome.Asked : isContradiction ? OpinionOutcome.Contradicted : OpinionOutcome.None;
        return new Recorded(true, isCurrent, edge, outcome, incident, isRepetition);
    }

    private static IncidentStep AddToHistory(
        this Target target,
        Verdict verdict,
        ProbeResult? result,
        TargetHealth before,
        TargetStatus after,
        ClosedHistory closed)
    {
        var input = new HistoryInput
        {
            Slot = verdict.Slot,
            StartedAt = verdict.At,
            Result = result,
            IsJudged = verdict.IsCurrent,
            Frequency = TimeSpan.FromSeconds(Math.Max(1, target.Frequency)),
            PassesBefore = before.Counters.Pass,
            FailsBefore = before.Counters.Fail,
            Missed = target.MissedCount,
            StatusBefore = before.Status,
            SinceBefore = before.Since,
            StatusAfter = after,
        };
        (target.History, var incident) = TargetHistory.Apply(target.Id, target.History, input, closed);
        return incident;
    }

    /// <summary>
    /// Records that a slot could not be probed because of a fault of Skypunch's own. The slot is missed, and says nothing about the target.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="isWithheld">
    /// Whether the cause lies in the Prober (<see cref="NotProbed.IsWithheld"/>). Then no notice is raised for each target.
    /// </param>
    /// <param name="closed">What becomes complete in the target's history is added to it.</param>
    /// <param name="now">The instant of the fold.</param>
    /// <returns>Whether the slot was not recorded before; the message may come twice or late.</returns>
    public static bool RecordNotProbed(this Target target, DateTimeOffset slot, bool isWithheld, ClosedHistory closed, DateTimeOffset now)
    {
        var recorded = SlotOf(target, slot, now);
        target.ClearInFlight(slot);
        if (recorded is null || recorded <= LastSlotOf(target, now))
        {
            return false;
        }

        target.LastSlotAt = recorded;
        target.RepeatedNotProbed += isWithheld ? 0 : 1;
        target.MissedCount += target.MissedCount < long.MaxValue ? 1 : 0;
        _ = target.AddToHistory(new Verdict(recorded.Value, recorded.Value, Passed: false, StatusCode: null, IsCurrent: false), null, HealthOf(target, now), target.Status, closed);
        return true;
    }

    // The slot that the result is recorded for; null: the result does not count. After a clock was set back, the last recorded slot or the
    // claimed slot may lie in the future. Then only the result of the probe in flight counts: once, and for the present instant.
    private static DateTimeOffset? SlotOf(Target target, DateTimeOffset slot, DateTimeOffset now)
    {
        if (!IsAhead(slot, now) && !IsAhead(target.LastSlotAt, now))
        {
            return slot;
        }

        return target.InFlightSlotAt != slot ? null : slot < now ? slot : now;
    }

    private static DateTimeOffset? LastSlotOf(Target target, DateTimeOffset now) => IsAhead(target.LastSlotAt, now) ? null : target.LastSlotAt;

    // By an unchanged clock no recorded instant is ahead: a probe begins at its slot or later, and is recorded after it.
    private static bool IsAhead(DateTimeOffset? instant, DateTimeOffset now) => instant > now + Slots.ClockDifference;

    // Ends the mark of the probe in flight, whether its result counts or not. Returns whether there was such a mark.
    private static bool ClearInFlight(this Target target, DateTimeOffset slot)
    {
        if (target.InFlightSlotAt is not { } inFlight || inFlight > slot)
        {
            return false; // no probe is in flight, or the probe of a later slot is
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
