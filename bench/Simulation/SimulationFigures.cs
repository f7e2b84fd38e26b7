using Skypunch.Bench.Figures;

namespace Skypunch.Bench.Simulation;

/// <summary>The findings of a simulation.</summary>
/// <param name="Settings">The settings of the simulation.</param>
/// <param name="OnTimeShare">The share of the slots that were released within <see cref="Punctuality.Grace"/>.</param>
/// <param name="Late">The time from a slot to its release.</param>
/// <param name="Missed">The number of slots that were not run.</param>
/// <param name="ClaimsPerSecond">The number of claims that found rows.</param>
/// <param name="EmptyClaimsPerSecond">The number of claims that found no rows.</param>
/// <param name="RowsPerClaim">The mean number of rows in the claims that found rows.</param>
/// <param name="DatabaseShare">The share of the database's cores that was busy.</param>
/// <param name="JobMessagesPerSecond">The number of messages to the Probers.</param>
/// <param name="ResultMessagesPerSecond">The number of messages from the Probers, each folded in one transaction.</param>
/// <param name="UntilFolded">The time from the end of a probe to the commit of its result.</param>
/// <param name="LongestQueue">The highest number of jobs that waited in one Scheduler.</param>
/// <param name="QueueMegabytes">The memory of that many jobs.</param>
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

    /// <summary>Whether the loop keeps up: nearly all slots are on time, and 99 % of the results are stored within a second.</summary>
    public bool KeepsUp => OnTimeShare >= EnoughOnTime && UntilFolded.P99 <= LongestUntilFolded;
}
