namespace Skypunch.Contracts;

/// <summary>Asks any one Prober to run one probe now, outside the schedule; answered by <see cref="TestProbed"/>.</summary>
/// <param name="Job">What to probe; its trace is always wanted.</param>
public sealed record TestProbe(ProbeJob Job);

/// <summary>What a <see cref="TestProbe"/> found.</summary>
/// <param name="Prober">The name of the Prober.</param>
/// <param name="Result">The result with its trace.</param>
public sealed record TestProbed(string Prober, ProbeResult Result);
