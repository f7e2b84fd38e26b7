namespace Skypunch.Contracts;

/// <summary>Probes that fall due together. Scheduler → any one Prober.</summary>
/// <param name="Jobs">What to probe, in the order of their slots.</param>
public sealed record ProbeBatch(IReadOnlyList<ProbeJob> Jobs)
{
    /// <summary>When the batch was sent, by the clock that <see cref="ProbeJob.StartBy"/> goes by, which nobody sets. Null: the sender is of before this was told.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>How the Probers are; null: none is cut off, as far as the Scheduler knows.</summary>
    public ProberFleet? Fleet { get; init; }
}
