using MessagePack;

namespace Skypunch.Contracts;

/// <summary>One line of a probe's trace.</summary>
/// <param name="Phase">auth, dns, connect, proxy, tls, request, wait, transfer, response or assertion.</param>
/// <param name="EndedAt">When the step ended.</param>
/// <param name="Took">How long the step took.</param>
/// <param name="Text">What was done and found, on one line, without secrets: "Connection", "Resolved example.org to 192.0.2.1".</param>
/// <param name="Outcome">How the step ended.</param>
/// <param name="Reason">Why this step failed, in words, where that differs from the description of the probe.</param>
[MessagePackObject]
public sealed record ProbeStep(
    [property: Key(0)] string Phase,
    [property: Key(1)] DateTimeOffset EndedAt,
    [property: Key(2)] TimeSpan Took,
    [property: Key(3)] string Text,
    [property: Key(4)] StepOutcome Outcome,
    [property: Key(5)] string? Reason = null)
{
    /// <summary>The time from the begin of the probe to the begin of the step; never negative.</summary>
    /// <param name="startedAt">The begin of the probe.</param>
    public TimeSpan OffsetFrom(DateTimeOffset startedAt) => EndedAt - Took > startedAt ? EndedAt - Took - startedAt : TimeSpan.Zero;
}

/// <summary>How a step ended.</summary>
public enum StepOutcome
{
    /// <summary>A remark: neither success nor failure.</summary>
    None,

    /// <summary>The step succeeded. It is shown as [OK].</summary>
    Ok,

    /// <summary>The probe failed at this step. It is shown as [FAIL] with the reason.</summary>
    Fail,
}
