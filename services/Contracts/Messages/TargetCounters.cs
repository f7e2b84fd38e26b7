namespace Skypunch.Contracts;

/// <summary>A target's counters since it was created.</summary>
/// <param name="Pass">Probes that passed.</param>
/// <param name="Fail">Probes that failed.</param>
/// <param name="Status200">Responses with a status of 200 to 299.</param>
/// <param name="Status300">Responses with a status of 300 to 399.</param>
/// <param name="Status400">Responses with a status of 400 to 499.</param>
/// <param name="Status500">Responses with a status of 500 to 599.</param>
/// <param name="NetworkFails">Probes that got no HTTP response.</param>
/// <param name="RepeatedFails">Failures since the last pass.</param>
public sealed record TargetCounters(
    long Pass,
    long Fail,
    long Status200,
    long Status300,
    long Status400,
    long Status500,
    long NetworkFails,
    long RepeatedFails);
