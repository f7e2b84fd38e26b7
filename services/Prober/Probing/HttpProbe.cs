using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Authentication;
using Skypunch.Prober.Http;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Probing;

/// <summary>Probes a target once: prepare, authenticate, exchange, judge, all under one hard deadline.</summary>
internal sealed class HttpProbe(Authenticator authenticator, RequestOpener opener, RedirectFollower follower, StrangeAnswers strange, TimeProvider clock)
{
    /// <summary>Runs the probe. A target that is down is a result.</summary>
    /// <param name="job">What to probe.</param>
    /// <param name="traced">Whether the trace is wanted even if the probe passes.</param>
    /// <param name="cancellationToken">The process is stopping: there is no result then.</param>
    /// <exception cref="OperationCanceledException">The process is stopping.</exception>
    public async Task<ProbeResult> RunAsync(ProbeJob job, bool traced, CancellationToken cancellationToken)
    {
        var trace = new ProbeTrace(clock);
        var mask = new SecretMask();
        if (!ProbeRequest.TryPrepare(job, out var request, out var invalid) || !opener.TryOpen(job, mask, out var parts, out invalid))
        {
            trace.End(StepOutcome.Fail, TraceWords.Target);
            return MaskedResult.Of(job, trace, mask, invalid, advice: null, traced);
        }

        trace.Remark(TraceWords.Connecting, TargetAddress.Of(job.Url, job.Catalog?.ServiceType).Trim());
        var run = new ProbeRun(job, request, parts, trace, mask);
        var failure = await AskAsync(run, cancellationToken);
        failure = ProbeVerdict.Of(request, trace.StatusCode, failure, run.ForwardingProxy);
        failure = Judge(run, failure);
        if (trace.Answer is { } answer)
        {
            Conclude(trace, answer, failure);
        }

        trace.EndProbe(passed: failure is null);
        var advice = failure is null ? null : ProbeAdvice.Of(failure, request, run.Url, trace.Answer);
        return MaskedResult.Of(job, trace, mask, failure, advice, traced);
    }

    // The status is judged before. This judges what the target has written.
    private ProbeFailure? Judge(ProbeRun run, ProbeFailure? failure)
    {
        try
        {
            if (failure is not null && run.Trace.Answer is { IsOfTarget: true } asked)
            {
                failure = ServiceVerdict.Of(run.Request.Authn, failure, asked.Status, asked.Text);
            }

            return failure ?? AssertionRound.Judge(run, clock.GetUtcNow());
        }
        catch (Exception e) when (StrangeAnswers.May(e))
        {
            return failure ?? strange.Of(e, ProbeReasons.ProtocolError, "the answer cannot be judged");
        }
    }

    // A fault of an answer is shown at the step of the response, unless the answer broke off: then at the step where it did.
    private static void Conclude(ProbeTrace trace, Answer answer, ProbeFailure? failure)
    {
        if (failure is null || ProbeVerdict.IsOfAnswer(failure))
        {
            trace.Begin(ProbePhase.Response);
        }

        if (failure is not null && answer.IsOfTarget && !answer.Body.IsEmpty)
        {
            trace.Remark("Body: {0}", new BodyExcerpt(answer));
        }
    }

    private async Task<ProbeFailure?> AskAsync(ProbeRun run, CancellationToken cancellationToken)
    {
        using var deadline = new ProbeDeadline(run.Request.Timeout, clock, cancellationToken);
        try
        {
            var (credentials, failure) = await AskOnceAsync(run, deadline.Token);
            if (run.Trace.Answer is not { Status: 401, IsOfTarget: true } refused || run.Request.Expected.Accepts(401) || credentials is null)
            {
                return failure;
            }

            if (credentials.AnswerTo is { } answerTo)
            {
                var challenges = DigestChallenge.Of(refused.Values("WWW-Authenticate"));
                return answerTo(challenges, run.Request.Method.Method, run.FirstHop(credentials).Url) is { } answered
                    ? await AskWithAsync(answered, run, deadline.Token)
                    : failure;
            }

            if (!credentials.Refuse())
            {
                return failure;
            }

            run.Trace.Remark("The token was refused; once more with a new one");
            run.Trace.Answer = null;
            (_, failure) = await AskOnceAsync(run, deadline.Token);
            return failure;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (run.Trace is { Phase: ProbePhase.Transfer, Answer.Wish.IsNeeded: false })
            {
                return null; // everything that is judged has come
            }

            return ProbeVerdict.OfDeadline(run.Trace.Phase, run.Request, run.Url, run.Proxy);
        }
    }

    private async Task<ProbeFailure?> AskWithAsync(Credentials credentials, ProbeRun run, CancellationToken cancellationToken)
    {
        run.Trace.Remark("The target wants its challenge answered; once more with the answer");
        run.Trace.Answer = null;
        return await follower.RunAsync(run.FirstHop(credentials), run.Request.MaxRedirects, run.NewJar(), run.Trace, cancellationToken);
    }

    private async Task<(Credentials? Credentials, ProbeFailure? Failure)> AskOnceAsync(ProbeRun run, CancellationToken cancellationToken)
    {
        var (credentials, failure) = await AuthenticateAsync(run, cancellationToken);
        if (credentials is null)
        {
            return (null, failure);
        }

        if (credentials.Endpoint is { } endpoint)
        {
            run.FoundAt(endpoint);
        }

        failure = await follower.RunAsync(run.FirstHop(credentials), run.Request.MaxRedirects, run.NewJar(), run.Trace, cancellationToken);
        return (credentials, failure);
    }

    // A login has half of the probe's time, so that a slow login is not blamed on the target.
    private async Task<(Credentials? Credentials, ProbeFailure? Failure)> AuthenticateAsync(ProbeRun run, CancellationToken cancellationToken)
    {
        run.Trace.Begin(ProbePhase.Auth);
        if (!AuthnParameters.IsLogin(run.Request.Authn))
        {
            return await authenticator.AuthenticateAsync(
                run.Request.Authn, run.Job, run.Request.Catalog, run.Trace, run.Mask, cancellationToken);
        }

        var share = run.Request.Timeout / 2;
        using var over = new ProbeDeadline(share, clock, cancellationToken);
        try
        {
            return await authenticator.AuthenticateAsync(
                run.Request.Authn, run.Job, run.Request.Catalog, run.Trace, run.Mask, over.Token);
        }
        catch (OperationCanceledException) when (over.HasPassed && !cancellationToken.IsCancellationRequested)
        {
            return (null, ProbeVerdict.OfAuthDeadline(run.Request.Authn, share));
        }
    }
}
