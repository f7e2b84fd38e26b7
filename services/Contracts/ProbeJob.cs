namespace Skypunch.Contracts;

/// <summary>All that a Prober needs to probe one target once.</summary>
public sealed record ProbeJob
{
    /// <summary>The target's id.</summary>
    public required long TargetId { get; init; }

    /// <summary>The target's name, for logs.</summary>
    public required string Name { get; init; }

    /// <summary>The instant at which the probe is due; with the target it names this probe.</summary>
    public required DateTimeOffset Slot { get; init; }

    /// <summary>What to ask for. As stored: a row written by hand may hold anything.</summary>
    public required string Url { get; init; }

    /// <summary>The HTTP method. As stored: a row written by hand may hold anything.</summary>
    public required string Method { get; init; }

    /// <summary>NONE, BASIC or OPENSTACK. As stored: a row written by hand may hold anything.</summary>
    public required string Authn { get; init; }

    /// <summary>The sealed text of <see cref="AuthnParameters"/>; null where there is none.</summary>
    public string? SealedAuthnParameters { get; init; }

    /// <summary>The text of <see cref="ExpectedStatus"/>.</summary>
    public required string PassResult { get; init; }

    /// <summary>How long the probe may take in all.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>
    /// How long the job may wait for its turn once it has come to a Prober. Later it is dropped without a result, as the Scheduler is about to give its slot up;
    /// so a Prober with too much to do skips slots instead of answering all of them too late.
    /// </summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Counts the operator's changes to the target. The result says it again: one of before a change tells nothing of the target as it is now.</summary>
    public int Revision { get; init; }

    /// <summary>Whether the trace is wanted even if the probe passes, as the pass may be a change. A failure always carries its trace.</summary>
    public bool TraceOnPass { get; init; }
}
