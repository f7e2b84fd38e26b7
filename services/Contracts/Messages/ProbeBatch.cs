namespace Skypunch.Contracts;

/// <summary>Probes that fall due together. Scheduler → any one Prober.</summary>
/// <param name="Jobs">What to probe, in the order of their slots.</param>
public sealed record ProbeBatch(IReadOnlyList<ProbeJob> Jobs)
{
    /// <summary>
    /// When the batch was sent, by the Scheduler's monotonic clock, like <see cref="ProbeJob.StartBy"/>. Null: the sender is of a release
    /// before this field.
    /// </summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>How many Probers are alive and which are cut off; null: no Prober is cut off, as far as the Scheduler knows.</summary>
    public ProberFleet? Fleet { get; init; }
}
