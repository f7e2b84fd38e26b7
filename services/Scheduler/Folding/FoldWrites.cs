using Skypunch.Contracts.Texts;
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

    /// <summary>Status changes.</summary>
    public static readonly BulkInsert<StatusChange> Change = BulkInsert<StatusChange>.Into("status_changes")
        .New("change_id", change => change.ChangeId)
        .New("target_id", change => change.TargetId)
        .New("from_status", 4, change => TargetStatusConverter.Write(change.FromStatus))
        .New("to_status", 4, change => TargetStatusConverter.Write(change.ToStatus))
        .New("at", change => change.At)
        .New("reason", SchedulerDb.LongestReason, change => change.Reason)
        .New("description", SchedulerDb.LongestDescription, change => change.Description)
        .New("payload", change => change.Payload)
        .New("stored_at", change => change.StoredAt)
        .New("announce_after", change => change.AnnounceAfter)
        .New("decision", Decision.Longest, change => change.Decision)
        .New("decided_by", MaintenanceWindow.LongestName, change => change.DecidedBy);

    /// <summary>Incidents that begin.</summary>
    public static readonly BulkInsert<IncidentRow> Incident = BulkInsert<IncidentRow>.Into("incidents")
        .New("target_id", incident => incident.TargetId)
        .New("name", TargetLimits.LongestName, incident => incident.Name)
        .New("began_at", incident => incident.BeganAt)
        .New("detected_at", incident => incident.DetectedAt)
        .New("ended_at", incident => incident.EndedAt)
        .New("reason", SchedulerDb.LongestReason, incident => incident.Reason)
        .New("last_reason", SchedulerDb.LongestReason, incident => incident.LastReason)
        .New("description", SchedulerDb.LongestDescription, incident => incident.Description)
        .New("opened_by", incident => incident.OpenedBy)
        .New("closed_by", incident => incident.ClosedBy);

    /// <summary>Incidents that end.</summary>
    public static readonly BulkUpdate<IncidentRow> IncidentEnd = BulkUpdate<IncidentRow>.ById("incidents", incident => incident.Id)
        .Set("ended_at", incident => incident.EndedAt)
        .Set("last_reason", SchedulerDb.LongestReason, incident => incident.LastReason)
        .Set("closed_by", incident => incident.ClosedBy);
}
