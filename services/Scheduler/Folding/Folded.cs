using Skypunch.Scheduler.Announcing;

namespace Skypunch.Scheduler.Folding;

/// <summary>What a batch of results has changed.</summary>
/// <param name="Changes">The edges, in the order in which they are stored.</param>
/// <param name="BroughtForward">Whether a target's next probe now comes sooner than its schedule says.</param>
internal readonly record struct Folded(IReadOnlyList<StatusChange> Changes, bool BroughtForward);
