using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>The columns that a fold writes.</summary>
internal static class FoldWrites
{
    /// <summary>The columns that each result may change.</summary>
    public static readonly BulkUpdate<Target> Result = BulkUpdate<Target>.ById(t => t.Id)
        .Set("status", 4, t => TargetStatusConverter.Write(t.Status))
        .Set("previous_status", 4, t => t.PreviousStatus is { } previous ? TargetStatusConverter.Write(previous) : null)
        .Set("status_since", t => t.StatusSince)
        .Set("status_description", SchedulerDb.LongestDescription, t => t.StatusDescription)
        .Set("reason", SchedulerDb.LongestReason, t => t.Reason)
        .Set("advice", SchedulerDb.LongestDescription, t => t.Advice)
        .Set("last_updated", t => t.LastUpdated)
        .Set("last_slot_at", t => t.LastSlotAt)
        .Set("pass_count", t => t.PassCount)
        .Set("fail_count", t => t.FailCount)
        .Set("count200", t => t.Count200)
        .Set("count300", t => t.Count300)
        .Set("count400", t => t.Count400)
        .Set("count500", t => t.Count500)
        .Set("network_fails", t => t.NetworkFails)
        .Set("repeated_fails", t => t.RepeatedFails)
        .Set("repeated_passes", t => t.RepeatedPasses)
        .Set("in_flight_slot_at", t => t.InFlightSlotAt)
        .Set("in_flight_until", t => t.InFlightUntil)
        .Set("last_probe", LastProbe.Longest, t => t.LastProbe)
        .Set("history", t => t.History);

    /// <summary>Whether a failure of the target is not told. This is a statement of its own, since it seldom changes.</summary>
    public static readonly BulkUpdate<Target> Untold = BulkUpdate<Target>.ById(t => t.Id)
        .Set("untold_change", Target.LongestChangeId, t => t.UntoldChange);

    /// <summary>
    /// When the target is probed next. This is a statement of its own, since setting the column also rewrites the row's entry in the
    /// claim's index.
    /// </summary>
    public static readonly BulkUpdate<Target> NextProbe = BulkUpdate<Target>.ById(t => t.Id)
        .Set("next_probe_at", t => t.NextProbeAt);
}
