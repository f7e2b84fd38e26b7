namespace Skypunch.Contracts;

/// <summary>
/// Status changes of targets. Scheduler → any one Notifier, in order per target; sent again until <see cref="StatusChangesStored"/>
/// confirms them.
/// </summary>
/// <param name="Changes">The changes, at most one per target.</param>
public sealed record StatusChangeBatch(IReadOnlyList<TargetStatusChanged> Changes);

/// <summary>The Notifier has stored changes or notices and will deliver them. Notifier → any one Scheduler.</summary>
/// <param name="ChangeIds">The ids of the changes and of the notices.</param>
public sealed record StatusChangesStored(IReadOnlyList<Guid> ChangeIds);
