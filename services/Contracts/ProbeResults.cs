namespace Skypunch.Contracts;

/// <summary>Results that came in about the same time. Prober → any one Scheduler.</summary>
/// <param name="Prober">The name of the Prober.</param>
/// <param name="Results">At most one per probe.</param>
public sealed record ProbeResults(string Prober, IReadOnlyList<ProbeResult> Results);
