namespace Skypunch.Scheduler.Model;

/// <summary>A row of <c>incidents</c>: a time in which a target was FAIL, with the failures before that led to it.</summary>
internal sealed class IncidentRow
{
    public long Id { get; init; }

    /// <summary>The target's id; no foreign key, as of <see cref="HistoryBucket.TargetId"/>.</summary>
    public required long TargetId { get; init; }

    /// <summary>The target's name when the incident was detected, for the time after the target is deleted.</summary>
    public required string Name { get; init; }

    /// <summary>When the first failed probe of the run was due.</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When the probe began that made the target FAIL.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>When the probe began that made the target PASS again; null: the incident is open.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The reason of the first failed probe.</summary>
    public required string Reason { get; init; }

    /// <summary>The reason of the last failed probe. While the incident is open, the target's row knows a newer one.</summary>
    public required string LastReason { get; set; }

    public required string Description { get; init; }

    /// <summary>The status change that opened the incident; null: a Scheduler of an older release has made it.</summary>
    public Guid? OpenedBy { get; init; }

    /// <summary>The status change that closed the incident.</summary>
    public Guid? ClosedBy { get; set; }
}
