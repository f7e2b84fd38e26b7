namespace Skypunch.Scheduler.Targets;

/// <summary>
/// A row of <c>targets</c>. An operator may write rows by hand, with a name and a url only: the other columns have defaults, and any text may stand in them.
/// </summary>
internal sealed class Target
{
    public const int DefaultFrequency = 10;
    public const int DefaultTimeout = 10;
    public const string DefaultMethod = "GET";
    public const string DefaultPassResult = "200";
    public const int DefaultMaxRedirects = 5;

    /// <summary>The most characters of a text. A longer one, which only a hand can write, has no place in a message.</summary>
    public const int LongestText = 512 * 1024;

    /// <summary>Stands for a text that is longer, and is not read.</summary>
    public const string TooLong = "(more than 524288 characters)";

    public long Id { get; init; }

    // What to probe: written by the operator.
    public required string Name { get; set; }
    public required string Url { get; set; }
    public string Method { get; set; } = DefaultMethod;
    public string Authn { get; set; } = Contracts.AuthnParameters.None;

    /// <summary>Sealed; plain only in a row written by hand, until it is claimed.</summary>
    public string? AuthnParms { get; set; }

    public string PassResult { get; set; } = DefaultPassResult;

    /// <summary>The text of <see cref="Contracts.HeaderText"/>, sealed as <see cref="AuthnParms"/> is.</summary>
    public string? Headers { get; set; }

    /// <summary>Sealed as <see cref="AuthnParms"/> is.</summary>
    public string? Body { get; set; }

    public string? ContentType { get; set; }
    public bool FollowRedirects { get; set; }

    /// <summary>Whether cookies that an answer sets go along where its redirects lead.</summary>
    public bool KeepCookies { get; set; }

    public int MaxRedirects { get; set; } = DefaultMaxRedirects;
    public string HttpVersion { get; set; } = Contracts.HttpVersions.Http11;
    public string IpFamily { get; set; } = Contracts.IpFamilies.Any;

    /// <summary>The text of <see cref="Contracts.TlsParameters"/>, sealed as <see cref="AuthnParms"/> is.</summary>
    public string? TlsParms { get; set; }

    /// <summary>The URL of the proxy, sealed as <see cref="AuthnParms"/> is.</summary>
    public string? Proxy { get; set; }

    /// <summary>What is added to the query of the URL, sealed as <see cref="AuthnParms"/> is.</summary>
    public string? QuerySecrets { get; set; }

    /// <summary>One a line, as <see cref="Contracts.AssertionText"/> reads them.</summary>
    public string? Assertions { get; set; }

    /// <summary>The service of the OpenStack catalog below which <see cref="Url"/> is a path; null: the URL is one.</summary>
    public string? ServiceType { get; set; }

    public string? RegionName { get; set; }
    public string? Interface { get; set; }

    /// <summary>In seconds.</summary>
    public int Frequency { get; set; } = DefaultFrequency;

    /// <summary>In seconds; rounded up where <see cref="TimeoutMs"/> has it more exactly.</summary>
    public int Timeout { get; set; } = DefaultTimeout;

    /// <summary>The timeout in milliseconds where it is not whole seconds. It holds as long as it rounds up to <see cref="Timeout"/>: see <see cref="TargetTimeout"/>.</summary>
    public int? TimeoutMs { get; set; }

    /// <summary>In seconds: from a failure that does not make it FAIL yet to the next probe; null: the frequency.</summary>
    public int? RetryInterval { get; set; }

    public bool Enabled { get; set; } = true;
    public int FailureThreshold { get; set; } = 1;
    public int SuccessThreshold { get; set; } = 1;

    /// <summary>Counts the operator's changes to what is probed and whether it is.</summary>
    public int Revision { get; set; }

    // What the probes have found: written by the fold.
    public TargetStatus Status { get; set; }
    public TargetStatus? PreviousStatus { get; set; }
    public string StatusDescription { get; set; } = "";
    public string Reason { get; set; } = "";

    /// <summary>What the operator can do about the last failure.</summary>
    public string? Advice { get; set; }

    public DateTimeOffset? StatusSince { get; set; }
    public DateTimeOffset? LastUpdated { get; set; }
    public long PassCount { get; set; }
    public long FailCount { get; set; }
    public long Count200 { get; set; }
    public long Count300 { get; set; }
    public long Count400 { get; set; }
    public long Count500 { get; set; }
    public long NetworkFails { get; set; }
    public long RepeatedFails { get; set; }
    public long RepeatedPasses { get; set; }

    /// <summary>What the last probe measured: the text of <see cref="Metrics.LastProbe"/>.</summary>
    public string? LastProbe { get; set; }

    /// <summary>The newest slot whose result is recorded, or that has been given up. Nothing at or before it is recorded any more.</summary>
    public DateTimeOffset? LastSlotAt { get; set; }

    // When to probe: written by the claim.

    /// <summary>When the next probe is due; null: at once.</summary>
    public DateTimeOffset? NextProbeAt { get; set; }

    /// <summary>The slot that is being probed; null: none is.</summary>
    public DateTimeOffset? InFlightSlotAt { get; set; }

    /// <summary>When the slot that is being probed counts as lost.</summary>
    public DateTimeOffset? InFlightUntil { get; set; }

    public long MissedCount { get; set; }

    /// <summary>Slots in a row that a fault of Skypunch's own kept from being probed; they are missed slots, too.</summary>
    public long RepeatedNotProbed { get; set; }
}
