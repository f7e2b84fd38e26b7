using System.Diagnostics.CodeAnalysis;
using MessagePack;

namespace Skypunch.Contracts;

/// <summary>All that a Prober needs to probe one target once. Even if a text is missing ([AllowNull]), the batch's other jobs are run.</summary>
[MessagePackObject]
public sealed record ProbeJob
{
    /// <summary>The target's id.</summary>
    [Key(0)]
    public required long TargetId { get; init; }

    /// <summary>The target's name, for logs.</summary>
    [Key(1)]
    [AllowNull]
    public required string Name { get; init; }

    /// <summary>The instant at which the probe is due; with the target it names this probe.</summary>
    [Key(2)]
    public required DateTimeOffset Slot { get; init; }

    /// <summary>What to ask for. As stored: a row written by hand may hold anything.</summary>
    [Key(3)]
    [AllowNull]
    public required string Url { get; init; }

    /// <summary>The HTTP method. As stored: a row written by hand may hold anything.</summary>
    [Key(4)]
    [AllowNull]
    public required string Method { get; init; }

    /// <summary>NONE, BASIC or OPENSTACK. As stored: a row written by hand may hold anything.</summary>
    [Key(5)]
    [AllowNull]
    public required string Authn { get; init; }

    /// <summary>The sealed text of <see cref="AuthnParameters"/>; null where there is none.</summary>
    [Key(6)]
    public string? SealedAuthnParameters { get; init; }

    /// <summary>The text of <see cref="ExpectedStatus"/>.</summary>
    [Key(7)]
    [AllowNull]
    public required string PassResult { get; init; }

    /// <summary>The sealed text of the request's headers (<see cref="HeaderText"/>); null where there are none.</summary>
    [Key(8)]
    public string? SealedHeaders { get; init; }

    /// <summary>The sealed body of the request; null where there is none.</summary>
    [Key(9)]
    public string? SealedBody { get; init; }

    /// <summary>The content type of the body; null: told by the body.</summary>
    [Key(10)]
    public string? ContentType { get; init; }

    /// <summary>The sealed text of <see cref="TlsParameters"/>; null where there are none.</summary>
    [Key(11)]
    public string? SealedTlsParameters { get; init; }

    /// <summary>How many redirects are followed; 0: none, a redirect is the answer.</summary>
    [Key(12)]
    public int MaxRedirects { get; init; }

    /// <summary>One of <see cref="HttpVersions"/>. As stored; null: HTTP/1.1.</summary>
    [Key(13)]
    public string? HttpVersion { get; init; }

    /// <summary>One of <see cref="IpFamilies"/>. As stored; null: any.</summary>
    [Key(14)]
    public string? IpFamily { get; init; }

    /// <summary>The text of the <see cref="Assertion"/>s, one a line. As stored; null where there are none.</summary>
    [Key(15)]
    public string? Assertions { get; init; }

    /// <summary>The service of the catalog whose endpoint <see cref="Url"/> is a path below; null: the URL is one.</summary>
    [Key(16)]
    public CatalogService? Catalog { get; init; }

    /// <summary>How long the probe may take in all.</summary>
    [Key(17)]
    public required TimeSpan Timeout { get; init; }

    /// <summary>
    /// How long the job may wait for its turn once it has come to a Prober. Later it is dropped without a result, as the Scheduler is about to give its slot up;
    /// so a Prober with too much to do skips slots instead of answering all of them too late.
    /// </summary>
    [Key(18)]
    public required TimeSpan Patience { get; init; }

    /// <summary>Counts the operator's changes to the target. The result says it again: one of before a change tells nothing of the target as it is now.</summary>
    [Key(19)]
    public int Revision { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the step before; null: this probe is not traced.</summary>
    [Key(20)]
    public string? TraceParent { get; init; }

    /// <summary>Whether the trace is wanted even if the probe passes, as the pass may be a change. A failure always carries its trace.</summary>
    [Key(21)]
    public bool TraceOnPass { get; init; }

    /// <summary>Whether the target was FAIL when the job was made, so that one more failure is no change and need not hurry.</summary>
    [Key(22)]
    public bool IsFailing { get; init; }

    /// <summary>
    /// Until when the probe may be begun, by the clock of the process that sent the job: later its slot is given up, and the next one may be on its way. Null: the
    /// Scheduler is of before this was told.
    /// </summary>
    [Key(23)]
    public DateTimeOffset? StartBy { get; init; }

    /// <summary>The Prober that saw the target's last failure: another one is to run this probe where there is one. Null: any one.</summary>
    [Key(25)]
    public string? NotBy { get; init; }

    /// <summary>How often the Prober that is not to run the job has passed it on.</summary>
    [Key(26)]
    public int PassedOn { get; init; }

    /// <summary>The sealed text of the proxy (<see cref="ProxyUrl"/>) through which the probe goes; null: it goes directly.</summary>
    [Key(27)]
    public string? SealedProxy { get; init; }

    /// <summary>The sealed text of what is added to the query of the URL (<see cref="QueryText"/>); null: nothing.</summary>
    [Key(28)]
    public string? SealedQuerySecrets { get; init; }

    /// <summary>Whether cookies that an answer sets go along where its redirects lead.</summary>
    [Key(29)]
    public bool KeepsCookies { get; init; }
}
