namespace Skypunch.Prober.Probing;

/// <summary>Why a target failed: a value, never an exception.</summary>
/// <param name="Reason">One of <see cref="Contracts.ProbeReasons"/>.</param>
/// <param name="Words">The same for a human, on one line, with units.</param>
/// <param name="Advice">What the operator can do about it, in a sentence or two on one line; null where there is nothing to say.</param>
internal sealed record ProbeFailure(string Reason, string Words, string? Advice = null);
