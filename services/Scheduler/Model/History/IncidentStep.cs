namespace Skypunch.Scheduler.Model.History;

/// <summary>What a result does to its target's incident.</summary>
/// <param name="ClosedAt">When the open incident ended; null: none ends.</param>
/// <param name="OpenedAt">When an incident began that is open from now on; null: none begins.</param>
/// <param name="Reason">The reason of the first failure of the incident that begins, or of the one that ends.</param>
/// <param name="LastReason">The reason of its last failure.</param>
internal readonly record struct IncidentStep(DateTimeOffset? ClosedAt, DateTimeOffset? OpenedAt, string Reason, string LastReason)
{
    public bool IsNone => ClosedAt is null && OpenedAt is null;
}
