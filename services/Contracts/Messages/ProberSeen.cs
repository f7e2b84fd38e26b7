namespace Skypunch.Contracts;

/// <summary>
/// A Prober's sign of life. It is sent every few seconds, and at once when the Prober is cut off or has its network back. Prober → any one
/// Scheduler.
/// </summary>
/// <param name="Name">The name of the Prober.</param>
/// <param name="Version">The version of the Prober.</param>
/// <param name="StartedAt">When the Prober was started.</param>
/// <param name="SeenAt">When this was sent.</param>
/// <param name="Running">How many probes are running now.</param>
/// <param name="Completed">How many probes have ended since the start.</param>
public sealed record ProberSeen(string Name, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, int Running, long Completed)
{
    /// <summary>
    /// Since when the Prober is cut off from its network, by its own judgement, and withholds failures by the network; null: it is not cut
    /// off.
    /// </summary>
    public DateTimeOffset? CutOffSince { get; init; }

    /// <summary>For how long the Prober withholds failures where no other Prober can be asked; null: it does not say.</summary>
    public TimeSpan? Withholds { get; init; }
}
