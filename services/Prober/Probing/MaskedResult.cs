using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Pauses;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Probing;

/// <summary>Makes the result of a probe, without a secret in it. Pure.</summary>
internal static class MaskedResult
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
        Description = Words.Cap(DescriptionOf(failure, mask), LongestDescription), // masked first: half of a secret is not recognised
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

        // These words come from the target's row alone. The others may contain something that the target sent.
        {
            Reason: ProbeReasons.StatusMismatch or ProbeReasons.TargetInvalid or ProbeReasons.AuthTokenRefused or ProbeReasons.ServiceKeystoneDown
        } => failure.Words,
        _ => mask.Apply(OneLine.Of(failure.Words)),
    };
}
