namespace Skypunch.Contracts;

/// <summary>A Prober's sign of life, every few seconds, and at once when it is cut off or has its network back. Prober → any one Scheduler.</summary>
/// <param name="Name">The name of the Prober.</param>
/// <param name="Version">Its version.</param>
/// <param name="StartedAt">Since when it runs.</param>
/// <param name="SeenAt">When this was sent.</param>
/// <param name="Running">Probes running now.</param>
/// <param name="Completed">Probes run since its start.</param>
public sealed record ProberSeen(string Name, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, int Running, long Completed)
{
    /// <summary>Since when it is cut off from its network, by its own judgement, and withholds what fails by the network; null: it is not.</summary>
    public DateTimeOffset? CutOffSince { get; init; }

    /// <summary>For how long it withholds failures where no other Prober can be asked; null: it does not say.</summary>
    public TimeSpan? Withholds { get; init; }
}
