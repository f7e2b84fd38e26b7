namespace Skypunch.Contracts;

/// <summary>Probes that fall due together. Scheduler → any one Prober.</summary>
/// <param name="Jobs">What to probe, in the order of their slots.</param>
public sealed record ProbeBatch(IReadOnlyList<ProbeJob> Jobs);
