using System.ComponentModel.DataAnnotations;
using Skypunch.Contracts.Texts;
using static Skypunch.Scheduler.Model.Reader;

namespace Skypunch.Scheduler.Model;

/// <summary>
/// A row of <c>targets</c>. An operator may write rows by hand, with a name and a url only: the other columns have defaults, and any text may stand in them.
/// </summary>
internal sealed class Target
{
    /// <summary>The most characters of a text. A longer one, which only a hand can write, has no place in a message.</summary>
    public const int LongestText = 512 * 1024;

    /// <summary>The characters of a change's id.</summary>
    public const int LongestChangeId = 36;

    /// <summary>Stands for a text that is longer, and is not read.</summary>
    public const string TooLong = "(more than 524288 characters)";

    [ReadBy(Claim | Fold)] public long Id { get; init; }

    // What to probe: written by the operator.
    [MaxLength(TargetLimits.LongestName), ReadBy(Claim | Fold)]
    public required string Name { get; set; }

    [MaxLength(TargetLimits.LongestUrl), ReadBy(Claim | Fold)]
    public required string Url { get; set; }

    /// <summary>What people should know of the target. Without a MaxLength, as MySQL has 64 KiB for the bounded texts of a row.</summary>
    [ReadBy(Fold, MayBeLong = true)]
    public string? Description { get; set; }

    /// <summary>
    /// The group, as <see cref="LabelText.FaultOfGroup"/> wants it; null: it is in none. Read for the fold only where a change is
    /// announced, as the labels are.
    /// </summary>
    [MaxLength(LabelText.LongestGroup)]
    public string? GroupPath { get; set; }

    /// <summary>The labels. They are rows of a table of their own, and no column: whoever wants them has to read them.</summary>
    public List<TargetLabel> Labels { get; } = [];

    [MaxLength(ProbeMethods.Longest), ReadBy(Claim | Fold)]
    public string Method { get; set; } = TargetLimits.DefaultMethod;

    [MaxLength(16), ReadBy(Claim | Fold)]
    public string Authn { get; set; } = AuthnParameters.None;

    /// <summary>Sealed; plain only in a row written by hand, until it is claimed.</summary>
    [MaxLength(8192), ReadBy(Claim)]
    public string? AuthnParms { get; set; }

    [MaxLength(TargetLimits.LongestPassResult), ReadBy(Claim | Fold)]
    public string PassResult { get; set; } = TargetLimits.DefaultPassResult;

    /// <summary>The text of <see cref="HeaderText"/>, sealed as <see cref="AuthnParms"/> is.</summary>
    [ReadBy(Claim, MayBeLong = true)]
    public string? Headers { get; set; }

    /// <summary>Sealed as <see cref="AuthnParms"/> is.</summary>
    [ReadBy(Claim, MayBeLong = true)]
    public string? Body { get; set; }

    [MaxLength(TargetLimits.LongestContentType), ReadBy(Claim)]
    public string? ContentType { get; set; }

    [ReadBy(Claim)] public bool FollowRedirects { get; set; }

    /// <summary>Whether cookies that an answer sets go along where its redirects lead.</summary>
    [ReadBy(Claim)]
    public bool KeepCookies { get; set; }

    [ReadBy(Claim)] public int MaxRedirects { get; set; } = TargetLimits.DefaultMaxRedirects;

    [MaxLength(16), ReadBy(Claim)]
    public string HttpVersion { get; set; } = HttpVersions.Http11;

    [MaxLength(16), ReadBy(Claim)]
    public string IpFamily { get; set; } = IpFamilies.Any;

    /// <summary>The text of <see cref="TlsParameters"/>, sealed as <see cref="AuthnParms"/> is.</summary>
    [ReadBy(Claim, MayBeLong = true)]
    public string? TlsParms { get; set; }

    /// <summary>The URL of the proxy, sealed as <see cref="AuthnParms"/> is.</summary>
    [ReadBy(Claim)]
    public string? Proxy { get; set; }

    /// <summary>What is added to the query of the URL, sealed as <see cref="AuthnParms"/> is.</summary>
    [ReadBy(Claim)]
    public string? QuerySecrets { get; set; }

    /// <summary>One a line, as <see cref="AssertionText"/> reads them.</summary>
    [ReadBy(Claim, MayBeLong = true)]
    public string? Assertions { get; set; }

    /// <summary>The service of the OpenStack catalog below which <see cref="Url"/> is a path; null: the URL is one.</summary>
    [MaxLength(TargetLimits.LongestServiceType), ReadBy(Claim | Fold)]
    public string? ServiceType { get; set; }

    [MaxLength(TargetLimits.LongestRegionName), ReadBy(Claim)]
    public string? RegionName { get; set; }

    [MaxLength(16), ReadBy(Claim)]
    public string? Interface { get; set; }

    /// <summary>In seconds.</summary>
    [ReadBy(Claim | Fold)]
    public int Frequency { get; set; } = TargetLimits.DefaultFrequency;

    /// <summary>In seconds; rounded up where <see cref="TimeoutMs"/> has it more exactly.</summary>
    [ReadBy(Claim | Fold)]
    public int Timeout { get; set; } = TargetLimits.DefaultTimeout;

    /// <summary>The timeout in milliseconds where it is not whole seconds. It holds as long as it rounds up to <see cref="Timeout"/>: see <see cref="TargetTimeout"/>.</summary>
    [ReadBy(Claim | Fold)]
    public int? TimeoutMs { get; set; }

    /// <summary>In seconds: from a failure that does not make it FAIL yet to the next probe; null: the frequency.</summary>
    [ReadBy(Fold)]
    public int? RetryInterval { get; set; }

    [ReadBy(Fold)] public bool Enabled { get; set; } = true;
    [ReadBy(Fold)] public int FailureThreshold { get; set; } = TargetLimits.DefaultThreshold;
    [ReadBy(Fold)] public int SuccessThreshold { get; set; } = TargetLimits.DefaultThreshold;

    /// <summary>Counts the operator's changes to what is probed and whether it is.</summary>
    [ReadBy(Claim | Fold)]
    public int Revision { get; set; }

    // What the probes have found: written by the fold.
    [ReadBy(Claim | Fold)] public TargetStatus Status { get; set; }
    [ReadBy(Fold)] public TargetStatus? PreviousStatus { get; set; }
    [ReadBy(Fold)] public string StatusDescription { get; set; } = "";
    [ReadBy(Claim | Fold)] public string Reason { get; set; } = "";

    /// <summary>What the operator can do about the last failure.</summary>
    [ReadBy(Fold)]
    public string? Advice { get; set; }

    [ReadBy(Fold)] public DateTimeOffset? StatusSince { get; set; }
    [ReadBy(Fold)] public DateTimeOffset? LastUpdated { get; set; }
    [ReadBy(Fold)] public long PassCount { get; set; }
    [ReadBy(Fold)] public long FailCount { get; set; }
    [ReadBy(Fold)] public long Count200 { get; set; }
    [ReadBy(Fold)] public long Count300 { get; set; }
    [ReadBy(Fold)] public long Count400 { get; set; }
    [ReadBy(Fold)] public long Count500 { get; set; }
    [ReadBy(Fold)] public long NetworkFails { get; set; }
    [ReadBy(Claim | Fold)] public long RepeatedFails { get; set; }
    [ReadBy(Fold)] public long RepeatedPasses { get; set; }

    /// <summary>What the last probe measured: the text of <see cref="Model.LastProbe"/>.</summary>
    [ReadBy(Fold)]
    public string? LastProbe { get; set; }

    /// <summary>The newest slot whose result is recorded, or that has been given up. Nothing at or before it is recorded any more.</summary>
    [ReadBy(Claim | Fold)]
    public DateTimeOffset? LastSlotAt { get; set; }

    /// <summary>The hour that is not over yet and the last results, as <see cref="History.HistoryState"/> writes them; null: there is no result since this column exists.</summary>
    [ReadBy(Fold)]
    public byte[]? History { get; set; }

    /// <summary>The id of the status change that made the target FAIL and was not told, as it is in a maintenance window; null: there is none.</summary>
    [MaxLength(LongestChangeId), ReadBy(Fold)]
    public string? UntoldChange { get; set; }

    // When to probe: written by the claim.

    /// <summary>When the next probe is due; null: at once.</summary>
    [ReadBy(Claim | Fold)]
    public DateTimeOffset? NextProbeAt { get; set; }

    /// <summary>The slot that is being probed; null: none is.</summary>
    [ReadBy(Claim | Fold)]
    public DateTimeOffset? InFlightSlotAt { get; set; }

    /// <summary>When the slot that is being probed counts as lost.</summary>
    [ReadBy(Fold)]
    public DateTimeOffset? InFlightUntil { get; set; }

    [ReadBy(Fold)] public long MissedCount { get; set; }

    /// <summary>Slots in a row that a fault of Skypunch's own kept from being probed; they are missed slots, too.</summary>
    [ReadBy(Fold)]
    public long RepeatedNotProbed { get; set; }
}
