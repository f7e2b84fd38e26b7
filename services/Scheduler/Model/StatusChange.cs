namespace Skypunch.Scheduler.Model;

/// <summary>
/// A row of <c>status_changes</c>: a target went from one status to another. The table is the history of the targets, and the outbox of the
/// changes that the Notifier must store.
/// </summary>
internal sealed class StatusChange
{
    /// <summary>Ascends in the order of a target's changes.</summary>
    public long Id { get; init; }

    /// <summary>Identifies the change outside this database.</summary>
    public required Guid ChangeId { get; init; }

    public required long TargetId { get; init; }
    public required TargetStatus FromStatus { get; init; }
    public required TargetStatus ToStatus { get; init; }

    /// <summary>When the probe that made the change began.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Reason { get; init; }
    public required string Description { get; init; }

    /// <summary>The message to the Notifier as JSON, with the trace.</summary>
    public required string Payload { get; set; }

    /// <summary>Whether the change is told, as a <see cref="Model.Decision"/>; null: an older release made it, or it is told to nobody in any case.</summary>
    public string? Decision { get; set; }

    /// <summary>The name of the maintenance window that had to do with the decision.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>When the Notifier answered that it has stored the change. For a change that is not announced: when it was made.</summary>
    public DateTimeOffset? StoredAt { get; set; }

    /// <summary>
    /// The instant from which on the relay announces the change (again); null: as soon as the changes before it are confirmed. Where it is
    /// set when the row is added, the fold that added it also announces the change.
    /// </summary>
    public DateTimeOffset? AnnounceAfter { get; set; }
}
