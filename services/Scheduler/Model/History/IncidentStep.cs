namespace Skypunch.Scheduler.Model.History;

/// <summary>What a result does to its target's incident, in this order.</summary>
/// <param name="MissingSince">
/// When an incident began that was open before the result and that the history does not know: a Scheduler of an older release has made the
/// target FAIL, or the column could not be read. Null: there is none.
/// </param>
/// <param name="ClosedAt">When the open incident ended; null: none ends.</param>
/// <param name="OpenedAt">When an incident began that is open from now on; null: none begins.</param>
/// <param name="Reason">The reason of the first failure of the incident that begins, or of the one that ends.</param>
/// <param name="LastReason">The reason of its last failure.</param>
internal readonly record struct IncidentStep(DateTimeOffset? MissingSince, DateTimeOffset? ClosedAt, DateTimeOffset? OpenedAt, string Reason, string LastReason)
{
    public bool IsNone => MissingSince is null && ClosedAt is null && OpenedAt is null;
}
