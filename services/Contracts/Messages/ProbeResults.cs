namespace Skypunch.Contracts;

/// <summary>Results of probes that ended at about the same time. Prober → any one Scheduler.</summary>
/// <param name="Prober">The name of the Prober.</param>
/// <param name="Results">The results, at most one per probe.</param>
public sealed record ProbeResults(string Prober, IReadOnlyList<ProbeResult> Results)
{
    /// <summary>
    /// Slots without a result, since Skypunch itself could not probe the target or stood still meanwhile; null: there are none. They are
    /// not part of the results, since a Scheduler of a release before this field would take them for failures.
    /// </summary>
    public IReadOnlyList<NotProbed>? NotProbed { get; init; }
}

/// <summary>A slot without a result.</summary>
/// <param name="TargetId">The target's id.</param>
/// <param name="Slot">The slot of the job.</param>
/// <param name="Why">Why there is no result, in words, on one line.</param>
public sealed record NotProbed(long TargetId, DateTimeOffset Slot, string Why)
{
    /// <summary>
    /// Whether the cause lies in the Prober, which reports it itself: the Prober is cut off and withholds the failure of a probe that it
    /// has made, or it stood still until the time for the job was over.
    /// </summary>
    public bool IsWithheld { get; init; }
}
