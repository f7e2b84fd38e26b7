using Skypunch.Bench.Figures;

namespace Skypunch.Bench.Simulation;

/// <summary>What a simulation found.</summary>
/// <param name="Settings">What was simulated.</param>
/// <param name="OnTimeShare">The share of the slots that were released within <see cref="Punctuality.Grace"/>.</param>
/// <param name="Late">From the slot to its release.</param>
/// <param name="Missed">Slots that nobody ran.</param>
/// <param name="ClaimsPerSecond">Claims that found rows.</param>
/// <param name="EmptyClaimsPerSecond">Claims that found none.</param>
/// <param name="RowsPerClaim">Of those that found rows.</param>
/// <param name="DatabaseShare">The share of the database's cores that was busy.</param>
/// <param name="JobMessagesPerSecond">Messages to the Probers.</param>
/// <param name="ResultMessagesPerSecond">Messages from them; a transaction each.</param>
/// <param name="UntilFolded">From the end of a probe to the commit of its result.</param>
/// <param name="LongestQueue">The most jobs that waited in one Scheduler.</param>
/// <param name="QueueMegabytes">Their memory.</param>
internal sealed record SimulationFigures(
    SimulationSettings Settings,
    double OnTimeShare,
    Distribution Late,
    long Missed,
    double ClaimsPerSecond,
    double EmptyClaimsPerSecond,
    double RowsPerClaim,
    double DatabaseShare,
    double JobMessagesPerSecond,
    double ResultMessagesPerSecond,
    Distribution UntilFolded,
    int LongestQueue,
    double QueueMegabytes)
{
    private const double EnoughOnTime = 0.999;
    private const double LongestUntilFolded = 1000;

    /// <summary>Whether the loop keeps up: nearly all slots are on time, and results are in the store within a second.</summary>
    public bool KeepsUp => OnTimeShare >= EnoughOnTime && UntilFolded.P99 <= LongestUntilFolded;
}
