namespace Skypunch.Scheduler.Fleet;

/// <summary>A row of <c>probers</c>: a Prober's last sign of life.</summary>
internal sealed class ProberRow
{
    public required string Name { get; init; }
    public required string Version { get; set; }
    public required DateTimeOffset StartedAt { get; set; }
    public required DateTimeOffset LastSeenAt { get; set; }
    public required int Running { get; set; }
    public required long Completed { get; set; }
}
