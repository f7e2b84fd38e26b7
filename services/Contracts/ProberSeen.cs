namespace Skypunch.Contracts;

/// <summary>A Prober's sign of life, every few seconds. Prober → any one Scheduler.</summary>
/// <param name="Name">The name of the Prober.</param>
/// <param name="Version">Its version.</param>
/// <param name="StartedAt">Since when it runs.</param>
/// <param name="SeenAt">When this was sent.</param>
/// <param name="Running">Probes running now.</param>
/// <param name="Completed">Probes run since its start.</param>
public sealed record ProberSeen(string Name, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, int Running, long Completed);
