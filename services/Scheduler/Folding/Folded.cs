using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Folding;

/// <summary>What a batch of results has changed.</summary>
/// <param name="Changes">The status changes, in the order in which they are stored.</param>
/// <param name="BroughtForward">The first of the instants to which a target's next probe was brought forward; null: none was.</param>
/// <param name="Asked">How many failures are withheld until another Prober has probed the target.</param>
/// <param name="Contradictions">The failures that another Prober has contradicted.</param>
internal readonly record struct Folded(
    IReadOnlyList<StatusChange> Changes,
    DateTimeOffset? BroughtForward,
    int Asked,
    IReadOnlyList<Contradiction> Contradictions);
