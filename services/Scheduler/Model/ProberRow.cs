namespace Skypunch.Scheduler.Model;

/// <summary>A row of <c>probers</c>: a Prober's last sign of life.</summary>
internal sealed class ProberRow
{
    public required string Name { get; init; }
    public required string Version { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    public required int Running { get; init; }
    public required long Completed { get; init; }

    /// <summary>Since when the Prober is cut off from its network, by its own judgement; null: it is not cut off.</summary>
    public DateTimeOffset? CutOffSince { get; init; }
}
