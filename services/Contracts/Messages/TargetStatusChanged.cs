using Skypunch.Contracts.Texts;

namespace Skypunch.Contracts;

/// <summary>
/// A target went from one status to another. The message has all that a message to people needs. It is sent in a
/// <see cref="StatusChangeBatch"/>.
/// </summary>
public sealed record TargetStatusChanged
{
    /// <summary>Identifies this change, in all services and permanently.</summary>
    public required Guid ChangeId { get; init; }

    /// <summary>The target's id.</summary>
    public required long TargetId { get; init; }

    /// <summary>The target's name.</summary>
    public required string Name { get; init; }

    /// <summary>The target's URL, or its service and path (<see cref="TargetAddress"/>).</summary>
    public required string Url { get; init; }

    /// <summary>
    /// The path below the service of an OpenStack catalog, where <see cref="Url"/> is such an address; null: the target has a URL, or the
    /// Scheduler is of a release before routing.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>What people should know of the target, in one line or several; null: nothing is said of it.</summary>
    public string? TargetDescription { get; init; }

    /// <summary>The path of the target's group; null: it is in none, or the Scheduler is of a release before groups.</summary>
    public string? Group { get; init; }

    /// <summary>The target's labels; null: it has none.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>One of <see cref="AuthnParameters.All"/>.</summary>
    public required string Authn { get; init; }

    /// <summary>The expected HTTP status: the text of <see cref="ExpectedStatus"/>.</summary>
    public required string PassResult { get; init; }

    /// <summary>The time between two probes.</summary>
    public required TimeSpan Frequency { get; init; }

    /// <summary>How long a probe may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The status before: NEW, PASS or FAIL.</summary>
    public required string From { get; init; }

    /// <summary>The status now: PASS or FAIL.</summary>
    public required string To { get; init; }

    /// <summary>When the probe that made the change was started.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the status before began; null where it was NEW or is not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>One of <see cref="ProbeReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The reason of the first failure of the incident that a recovery ends; null: the change is a failure, or the Scheduler is of a release
    /// before routing.
    /// </summary>
    public string? FailureReason { get; init; }

    /// <summary>The result in words.</summary>
    public required string Description { get; init; }

    /// <summary>What the operator can do about the failure; null where there is nothing to say.</summary>
    public string? Advice { get; init; }

    /// <summary>The counters, including this result.</summary>
    public required TargetCounters Counters { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the previous step; null: this probe is not traced.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What the probe that made the change did, in order.</summary>
    public required IReadOnlyList<ProbeStep> Trace { get; init; }

    /// <summary>
    /// When the probe was started that reason, description and trace are of, where it is a later one than the one that made the change: the
    /// change was not told when it was made, as the target was in maintenance. Null: they are of the probe that made the change.
    /// </summary>
    public DateTimeOffset? ProbedAt { get; init; }

    /// <summary>
    /// The notice that is delivered instead of a status change. It is set only in what a Notifier has stored, since a stored notice is
    /// delivered like a change. A Notifier of a release before notices delivers what the other members say.
    /// </summary>
    public Notice? Notice { get; init; }
}
