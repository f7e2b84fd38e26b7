namespace Skypunch.Contracts;

/// <summary>
/// Changes of targets' statuses. Scheduler → any one Notifier, in order per target, and again until <see cref="StatusChangesStored"/> answers for them.
/// </summary>
/// <param name="Changes">The changes, at most one of a target.</param>
public sealed record StatusChangeBatch(IReadOnlyList<TargetStatusChanged> Changes);

/// <summary>The Notifier has stored changes or notices and will deliver them. Notifier → any one Scheduler.</summary>
/// <param name="ChangeIds">The changes and the notices.</param>
public sealed record StatusChangesStored(IReadOnlyList<Guid> ChangeIds);
