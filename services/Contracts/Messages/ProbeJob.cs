using System.Diagnostics.CodeAnalysis;
using MessagePack;
using Skypunch.Contracts.Texts;

namespace Skypunch.Contracts;

/// <summary>
/// All that a Prober needs to probe one target once. Some texts have [AllowNull], so that a job that lacks one does not make the whole
/// batch invalid: the batch's other jobs are run.
/// </summary>
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

    /// <summary>The instant at which the probe is due. Target and slot together identify the probe.</summary>
    [Key(2)]
    public required DateTimeOffset Slot { get; init; }

    /// <summary>The URL, or with <see cref="Catalog"/> a path, as it is stored. It may be invalid after an edit by hand in SQL.</summary>
    [Key(3)]
    [AllowNull]
    public required string Url { get; init; }

    /// <summary>The HTTP method, as it is stored. It may be invalid after an edit by hand in SQL.</summary>
    [Key(4)]
    [AllowNull]
    public required string Method { get; init; }

    /// <summary>One of <see cref="AuthnParameters.All"/>, as it is stored. It may be invalid after an edit by hand in SQL.</summary>
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

    /// <summary>The content type of the body; null: the Prober derives it from the body.</summary>
    [Key(10)]
    public string? ContentType { get; init; }

    /// <summary>The sealed text of <see cref="TlsParameters"/>; null where there are none.</summary>
    [Key(11)]
    public string? SealedTlsParameters { get; init; }

    /// <summary>How many redirects are followed at most; 0: no redirect is followed, and its response is judged.</summary>
    [Key(12)]
    public int MaxRedirects { get; init; }

    /// <summary>One of <see cref="HttpVersions"/>, as it is stored; null: HTTP/1.1.</summary>
    [Key(13)]
    public string? HttpVersion { get; init; }

    /// <summary>One of <see cref="IpFamilies"/>, as it is stored; null: any.</summary>
    [Key(14)]
    public string? IpFamily { get; init; }

    /// <summary>The text of the <see cref="Assertion"/>s, one per line, as it is stored; null where there are none.</summary>
    [Key(15)]
    public string? Assertions { get; init; }

    /// <summary>
    /// The service of an OpenStack catalog below whose endpoint the path in <see cref="Url"/> lies; null: <see cref="Url"/> is a whole URL.
    /// </summary>
    [Key(16)]
    public CatalogService? Catalog { get; init; }

    /// <summary>How long the probe may take in all.</summary>
    [Key(17)]
    public required TimeSpan Timeout { get; init; }

    /// <summary>
    /// How long the job may wait for a free place after it has come to a Prober. After that it is dropped without a result, since the
    /// Scheduler is about to give up the slot. So a Prober with too much work skips slots, instead of probing all of them too late.
    /// </summary>
    [Key(18)]
    public required TimeSpan Patience { get; init; }

    /// <summary>
    /// Counts the operator's changes to the target. The result repeats it, so that a result from before a change is not taken for one about
    /// the target as it is now.
    /// </summary>
    [Key(19)]
    public int Revision { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the previous step; null: this probe is not traced.</summary>
    [Key(20)]
    public string? TraceParent { get; init; }

    /// <summary>
    /// Whether the result must have the trace even if the probe passes, since the pass may be a status change. A failure always has its
    /// trace.
    /// </summary>
    [Key(21)]
    public bool TraceOnPass { get; init; }

    /// <summary>
    /// Whether the target was FAIL when the job was made. Then one more failure is no status change, and its result need not be sent at
    /// once.
    /// </summary>
    [Key(22)]
    public bool IsFailing { get; init; }

    /// <summary>
    /// Until when the probe may begin, by the monotonic clock of the process that sent the job. After that its slot is given up, and the
    /// job of the next slot may be under way. Null: the Scheduler is of a release before this field.
    /// </summary>
    [Key(23)]
    public DateTimeOffset? StartBy { get; init; }

    /// <summary>
    /// The Prober that saw the target's last failure. Another Prober is to run this probe, where there is another. Null: any Prober may run
    /// it.
    /// </summary>
    [Key(25)]
    public string? NotBy { get; init; }

    /// <summary>How often the Prober that is not to run the job (<see cref="NotBy"/>) has passed it on.</summary>
    [Key(26)]
    public int PassedOn { get; init; }

    /// <summary>The sealed text of the proxy (<see cref="ProxyUrl"/>) through which the probe goes; null: it goes directly.</summary>
    [Key(27)]
    public string? SealedProxy { get; init; }

    /// <summary>
    /// The sealed text of the parameters that are added to the query of the URL (<see cref="QueryText"/>); null: none are added.
    /// </summary>
    [Key(28)]
    public string? SealedQuerySecrets { get; init; }

    /// <summary>Whether cookies that a response sets are sent with the requests that follow its redirects.</summary>
    [Key(29)]
    public bool KeepsCookies { get; init; }

    /// <summary>
    /// Whether the target was FAIL when the job was made, and its last failure was by the network (<see cref="ProbeReasons.IsOfNetwork"/>).
    /// Then one more such failure tells the Prober nothing new. A Scheduler of a release before this field says false.
    /// </summary>
    [Key(30)]
    public bool IsFailingByNetwork { get; init; }
}
