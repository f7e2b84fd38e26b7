namespace Skypunch.Contracts;

/// <summary>
/// A target went from one status to another. Carries all that a message to a human needs; travels in a <see cref="StatusChangeBatch"/>.
/// </summary>
public sealed record TargetStatusChanged
{
    /// <summary>Names this change, everywhere and for ever.</summary>
    public required Guid ChangeId { get; init; }

    /// <summary>The target's id.</summary>
    public required long TargetId { get; init; }

    /// <summary>The target's name.</summary>
    public required string Name { get; init; }

    /// <summary>The target's URL, or its service and path (<see cref="TargetAddress"/>).</summary>
    public required string Url { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>NONE, BASIC or OPENSTACK.</summary>
    public required string Authn { get; init; }

    /// <summary>The expected status.</summary>
    public required string PassResult { get; init; }

    /// <summary>The time between two probes.</summary>
    public required TimeSpan Frequency { get; init; }

    /// <summary>How long a probe may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>NEW, PASS or FAIL.</summary>
    public required string From { get; init; }

    /// <summary>PASS or FAIL.</summary>
    public required string To { get; init; }

    /// <summary>When the probe that made the change was started.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the status before began; null where it was NEW or is not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>One of <see cref="ProbeReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The result in words.</summary>
    public required string Description { get; init; }

    /// <summary>What the operator can do about the failure; null where there is nothing to say.</summary>
    public string? Advice { get; init; }

    /// <summary>The counters, this result included.</summary>
    public required TargetCounters Counters { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the step before; null: this probe is not traced.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What the very probe that made the change did, in order.</summary>
    public required IReadOnlyList<ProbeStep> Trace { get; init; }

    /// <summary>
    /// What is told instead of a change: set only in what a Notifier has stored, as a notice goes the way of a change from there on. A Notifier of before
    /// notices were known tells what stands in the other members.
    /// </summary>
    public Notice? Notice { get; init; }
}
