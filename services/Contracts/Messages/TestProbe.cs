namespace Skypunch.Contracts;

/// <summary>Asks any one Prober to run one probe now, outside the schedule. <see cref="TestProbed"/> is the answer.</summary>
/// <param name="Job">What to probe. The answer always has the trace.</param>
public sealed record TestProbe(ProbeJob Job);

/// <summary>What a <see cref="TestProbe"/> found.</summary>
/// <param name="Prober">The name of the Prober.</param>
/// <param name="Result">The result with its trace.</param>
public sealed record TestProbed(string Prober, ProbeResult Result);
