using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Announcing;

/// <summary>A row of <c>status_changes</c>: a target went from one status to another. The history, and the outbox of what the Notifier must store.</summary>
internal sealed class StatusChange
{
    /// <summary>In the order of the changes of a target.</summary>
    public long Id { get; init; }

    /// <summary>Names the change beyond this database.</summary>
    public required Guid ChangeId { get; init; }

    public required long TargetId { get; init; }
    public required TargetStatus FromStatus { get; init; }
    public required TargetStatus ToStatus { get; init; }

    /// <summary>When the probe that made the change began.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Reason { get; init; }
    public required string Description { get; init; }

    /// <summary>The message to the Notifier, as JSON; with the trace.</summary>
    public required string Payload { get; init; }

    /// <summary>When the Notifier answered that it has stored the change; for a change that nobody is told of, when it was made.</summary>
    public DateTimeOffset? StoredAt { get; set; }

    /// <summary>When the relay announces it (again); null: as soon as it is its turn. One that has it when it is stored is announced by who stored it.</summary>
    public DateTimeOffset? AnnounceAfter { get; set; }
}
