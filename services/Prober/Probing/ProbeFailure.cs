namespace Skypunch.Prober.Probing;

/// <summary>Why a target failed: a value, never an exception.</summary>
/// <param name="Reason">One of <see cref="Contracts.ProbeReasons"/>.</param>
/// <param name="Words">The same for a human, on one line, with units.</param>
internal sealed record ProbeFailure(string Reason, string Words)
{
    /// <summary>What the operator can do, in a sentence or two, where this very case is known; null: what the reason says (<see cref="ProbeAdvice"/>).</summary>
    public string? Advice { get; init; }
}
