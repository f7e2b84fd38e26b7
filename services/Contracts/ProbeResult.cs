using System.Text.Json.Serialization;
using MessagePack;

namespace Skypunch.Contracts;

/// <summary>What one probe found. A target that is down is such a value, never an exception.</summary>
[MessagePackObject]
public sealed record ProbeResult
{
    /// <summary>The target's id.</summary>
    [Key(0)]
    public required long TargetId { get; init; }

    /// <summary>The slot of the job that this answers.</summary>
    [Key(1)]
    public required DateTimeOffset Slot { get; init; }

    /// <summary>The revision of the job that this answers.</summary>
    [Key(2)]
    public int Revision { get; init; }

    /// <summary>When the probe began.</summary>
    [Key(3)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took in all.</summary>
    [Key(4)]
    public required TimeSpan Duration { get; init; }

    /// <summary>One of <see cref="ProbeReasons"/>; <see cref="ProbeReasons.Ok"/> is a pass, all others are failures.</summary>
    [Key(5)]
    public required string Reason { get; init; }

    /// <summary>The result in words, on one line: "OK", or why it failed, such as "target status:503 != 200".</summary>
    [Key(6)]
    public required string Description { get; init; }

    /// <summary>What the operator can do about the failure, in a sentence or two on one line; null where there is nothing to say.</summary>
    [Key(7)]
    public string? Advice { get; init; }

    /// <summary>The HTTP status code of the target's answer; null where it gave none.</summary>
    [Key(8)]
    public int? StatusCode { get; init; }

    /// <summary>Where the time went.</summary>
    [Key(9)]
    public ProbeTimings Timings { get; init; } = ProbeTimings.None;

    /// <summary>When the first certificate of the chain that the server showed ends; null without TLS.</summary>
    [Key(10)]
    public DateTimeOffset? CertificateNotAfter { get; init; }

    /// <summary>What was done, in order; null where it was not asked for.</summary>
    [Key(11)]
    public IReadOnlyList<ProbeStep>? Trace { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the step before; null: this probe is not traced.</summary>
    [Key(12)]
    public string? TraceParent { get; init; }

    /// <summary>Whether a pause of the process that ran the probe may have made it fail. For that process alone.</summary>
    [IgnoreMember]
    [JsonIgnore]
    public bool MayBeOfPause { get; init; }

    /// <summary>Whether a pause of the process that ran the probe is known to have made it fail. For that process alone.</summary>
    [IgnoreMember]
    [JsonIgnore]
    public bool IsOfPause { get; init; }

    /// <summary>Whether the target did what is expected of it.</summary>
    [IgnoreMember]
    public bool Passed => Reason == ProbeReasons.Ok;
}
