using System.Text.Json.Serialization;
using MessagePack;

namespace Skypunch.Contracts;

/// <summary>The result of one probe. A target that is down gives such a result, never an exception.</summary>
[MessagePackObject]
public sealed record ProbeResult
{
    /// <summary>The target's id.</summary>
    [Key(0)]
    public required long TargetId { get; init; }

    /// <summary>The slot of the job.</summary>
    [Key(1)]
    public required DateTimeOffset Slot { get; init; }

    /// <summary>The revision of the job.</summary>
    [Key(2)]
    public int Revision { get; init; }

    /// <summary>When the probe began.</summary>
    [Key(3)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long the probe took in all.</summary>
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

    /// <summary>The HTTP status code of the target's answer; null where there was no answer.</summary>
    [Key(8)]
    public int? StatusCode { get; init; }

    /// <summary>How long each phase took.</summary>
    [Key(9)]
    public ProbeTimings Timings { get; init; } = ProbeTimings.None;

    /// <summary>When the first of the certificates expires that the server sent; null without TLS.</summary>
    [Key(10)]
    public DateTimeOffset? CertificateNotAfter { get; init; }

    /// <summary>What the probe did, in order; null where the job did not ask for the trace and the probe passed.</summary>
    [Key(11)]
    public IReadOnlyList<ProbeStep>? Trace { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the previous step; null: this probe is not traced.</summary>
    [Key(12)]
    public string? TraceParent { get; init; }

    /// <summary>Whether a pause of the Prober's process may have made the probe fail. Used in that process only.</summary>
    [IgnoreMember]
    [JsonIgnore]
    public bool MayBeOfPause { get; init; }

    /// <summary>Whether a pause of the Prober's process has certainly made the probe fail. Used in that process only.</summary>
    [IgnoreMember]
    [JsonIgnore]
    public bool IsOfPause { get; init; }

    /// <summary>Whether the target did what is expected of it.</summary>
    [IgnoreMember]
    public bool Passed => Reason == ProbeReasons.Ok;
}
