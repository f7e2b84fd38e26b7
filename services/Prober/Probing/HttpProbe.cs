using Skypunch.Contracts;
using Skypunch.Prober.Authentication;
using Skypunch.Prober.Http;
using Skypunch.Prober.Keystone;

namespace Skypunch.Prober.Probing;

/// <summary>Probes a target once: prepare, authenticate, exchange, judge, all under one hard deadline.</summary>
internal sealed class HttpProbe(Authenticator authenticator, HttpExchange exchange, TimeProvider clock)
{
    private const int LongestDescription = 1024;

    /// <summary>Runs the probe. A target that is down is a result.</summary>
    /// <param name="job">What to probe.</param>
    /// <param name="traced">Whether the trace is wanted even if the probe passes.</param>
    /// <param name="cancellationToken">We are shutting down: there is no result then.</param>
    /// <exception cref="OperationCanceledException">We are shutting down.</exception>
    public async Task<ProbeResult> RunAsync(ProbeJob job, bool traced, CancellationToken cancellationToken)
    {
        var trace = new ProbeTrace(clock);
        var mask = new SecretMask();
        if (!ProbeRequest.TryPrepare(job, out var request, out var invalid))
        {
            trace.End(StepOutcome.Fail, TraceWords.Target);
            return ResultOf(job, trace, mask, invalid, traced);
        }

        trace.Remark(TraceWords.Connecting, job.Catalog is { } service ? TargetAddress.Of(job.Url, service.ServiceType) : job.Url.Trim());
        var failure = await RunAsync(job, request, trace, mask, cancellationToken);
        var verdict = ServiceVerdict.Of(request.Authn, ProbeVerdict.Of(request, trace.StatusCode, failure), trace.StatusCode, trace.BodyStart);
        if (verdict is null || verdict != failure)
        {
            trace.Begin(ProbePhase.Response);
        }

        trace.EndProbe(passed: verdict is null);
        return ResultOf(job, trace, mask, verdict, traced);
    }

    private async Task<ProbeFailure?> RunAsync(
        ProbeJob job,
        ProbeRequest request,
        ProbeTrace trace,
        SecretMask mask,
        CancellationToken cancellationToken)
    {
        using var deadline = new ProbeDeadline(request.Timeout, clock, cancellationToken);
        try
        {
            var (credentials, failure) = await AskAsync(job, request, trace, mask, deadline.Token);
            if (trace.StatusCode is not 401 || request.Expected.Accepts(401) || credentials?.Refuse() is not true)
            {
                return failure;
            }

            trace.Remark("The token was refused; once more with a new one");
            trace.StatusCode = null;
            (_, failure) = await AskAsync(job, request, trace, mask, deadline.Token);
            return failure;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ProbeVerdict.OfDeadline(trace.Phase, request);
        }
    }

    private async Task<(Credentials? Credentials, ProbeFailure? Failure)> AskAsync(
        ProbeJob job,
        ProbeRequest request,
        ProbeTrace trace,
        SecretMask mask,
        CancellationToken cancellationToken)
    {
        trace.Begin(ProbePhase.Auth);
        var (credentials, failure) = await authenticator.AuthenticateAsync(
            request.Authn, job.SealedAuthnParameters, job.Catalog, trace, mask, cancellationToken);
        request = credentials?.Endpoint is { } endpoint ? request with { Url = CatalogUrl.Of(endpoint, job.Url) } : request;
        return (credentials, credentials is null ? failure : await exchange.RunAsync(request, credentials, trace, cancellationToken));
    }

    private static ProbeResult ResultOf(ProbeJob job, ProbeTrace trace, SecretMask mask, ProbeFailure? failure, bool traced) => new()
    {
        TargetId = job.TargetId,
        Slot = job.Slot,
        Revision = job.Revision,
        StartedAt = trace.StartedAt,
        Duration = trace.Elapsed,
        Reason = failure?.Reason ?? ProbeReasons.Ok,
        Description = Words.Cap(DescriptionOf(failure, mask), LongestDescription), // masked first: half a secret is not known as one
        Advice = failure?.Advice is { } advice ? mask.Apply(OneLine.Of(advice)) : null,
        StatusCode = trace.StatusCode,
        Timings = trace.Timings,
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
