using Skypunch.Contracts;

namespace Skypunch.Prober.Probing;

/// <summary>Makes the result of a probe, without a secret in it. Pure.</summary>
internal static class ProbeReport
{
    private const int LongestDescription = 1024;

    public static ProbeResult Of(ProbeJob job, ProbeTrace trace, SecretMask mask, ProbeFailure? failure, string? advice, bool traced) => new()
    {
        TargetId = job.TargetId,
        Slot = job.Slot,
        Revision = job.Revision,
        StartedAt = trace.StartedAt,
        Duration = trace.Elapsed,
        Reason = failure?.Reason ?? ProbeReasons.Ok,
        Description = Words.Cap(DescriptionOf(failure, mask), LongestDescription), // masked first: half a secret is not known as one
        Advice = advice is null ? null : Words.Cap(mask.Apply(OneLine.Of(advice)), LongestDescription),
        StatusCode = trace.StatusCode,
        CertificateNotAfter = trace.Certificate?.NotAfter,
        Timings = trace.Timings,
        MayBeOfPause = failure is not null && PauseRule.MayCause(failure, trace.StatusCode),
        IsOfPause = failure is { IsOfPause: true },
        Trace = failure is not null || traced || job.TraceOnPass ? trace.Write(mask) : null,
    };

    private static string DescriptionOf(ProbeFailure? failure, SecretMask mask) => failure switch
    {
        null => ProbeVerdict.Ok,

        // These words are the target's row alone; the others may have something in them that the target said.
        {
            Reason: ProbeReasons.StatusMismatch or ProbeReasons.TargetInvalid or ProbeReasons.AuthTokenRefused or ProbeReasons.ServiceKeystoneDown
        } => failure.Words,
        _ => mask.Apply(OneLine.Of(failure.Words)),
    };
}
