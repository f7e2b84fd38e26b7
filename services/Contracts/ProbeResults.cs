namespace Skypunch.Contracts;

/// <summary>Results that came in about the same time. Prober → any one Scheduler.</summary>
/// <param name="Prober">The name of the Prober.</param>
/// <param name="Results">At most one per probe.</param>
public sealed record ProbeResults(string Prober, IReadOnlyList<ProbeResult> Results)
{
    /// <summary>
    /// Probes that have no result, as Skypunch itself could not make them or stood still meanwhile; null: none. Apart from the results, which a Scheduler of before
    /// this was told would take for failures.
    /// </summary>
    public IReadOnlyList<NotProbed>? NotProbed { get; init; }
}

/// <summary>A slot without a result.</summary>
/// <param name="TargetId">The target's id.</param>
/// <param name="Slot">The slot of the job.</param>
/// <param name="Why">What kept the probe from being made, in words, on one line.</param>
public sealed record NotProbed(long TargetId, DateTimeOffset Slot, string Why)
{
    /// <summary>Whether the probe was made, and its failure withheld: the Prober is cut off, which it tells by itself.</summary>
    public bool IsWithheld { get; init; }
}
