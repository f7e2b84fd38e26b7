using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Metrics;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Telemetry;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Claims due targets again and again, a little ahead of their slots, into the <see cref="ReleaseQueue"/>.</summary>
internal sealed partial class TargetClaimer(
    StoreWriter<SchedulerDb> writer,
    ReleaseQueue queue,
    LivingProbers living,
    SchedulerMetrics metrics,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    SteadyTime steady,
    ILogger<TargetClaimer> logger) : WorkLoop(busGate, clock, logger)
{
    // Where so many were due, some are due again: that needs no look.
    private const int Many = 50;

    private readonly TimeProvider _clock = clock;
    private readonly ClaimPace _pace = new(options.Value);
    private bool _begun;
    private bool _isBusy;

    protected override TimeSpan Interval => _pace.Pause(_clock.GetUtcNow());

    /// <summary>A target is due sooner than its schedule says.</summary>
    public void BringForward(DateTimeOffset at)
    {
        if (_pace.BringForward(at))
        {
            Wake();
        }
    }

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        if (!_begun && writer.IsAlone)
        {
            await ForgetInFlightAsync(cancellationToken);
        }

        _begun = true;
        var more = await IsAnyDueAsync(cancellationToken);
        var count = 0;
        while (more)
        {
            var now = _clock.GetUtcNow();
            (var jobs, var missed, more) = await writer.RunAsync(
                (DueTargets targets) => targets.ClaimAsync(now, now + options.Value.LookAhead, options.Value.ClaimBatchSize, cancellationToken));
            metrics.Missed(missed);
            queue.Add((await ByOtherEyesAsync(jobs, cancellationToken)).Select(Traced).Select(job => job.By(steady)));
            count += jobs.Count;
        }

        _isBusy = count >= Many;
    }

    // That another Prober looks is a wish, and how the Probers are is told only beside the jobs. The jobs are claimed: they go out without it, too.
    private async Task<IReadOnlyList<ClaimedJob>> ByOtherEyesAsync(IReadOnlyList<ClaimedJob> jobs, CancellationToken cancellationToken)
    {
        try
        {
            return jobs.Any(job => job.IsRetry) || (jobs.Count > 0 && !living.IsFresh) ? await writer.RunAsync((OtherEyes eyes) => eyes.AskForAsync(jobs, cancellationToken)) : jobs;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoOtherEyes(e.Message);
            return jobs;
        }
    }

    // Where little happens, this look is what happens most. It costs a fraction of a transaction that finds nothing.
    private async Task<bool> IsAnyDueAsync(CancellationToken cancellationToken)
    {
        _pace.BeginLook();
        var nextAt = _isBusy ? DateTimeOffset.UnixEpoch : await writer.RunAsync((DueTargets targets) => targets.NextAtAsync(cancellationToken));
        _pace.EndLook(nextAt);
        return nextAt <= _clock.GetUtcNow() + options.Value.LookAhead;
    }

    // The way of a probe that is to be traced begins here; the job carries it on.
    private static ClaimedJob Traced(ClaimedJob claimed)
    {
        using var step = SkypunchTelemetry.Activities.StartActivity("claim", ActivityKind.Producer);
        if (step is null)
        {
            return claimed;
        }

        step.SetTag("skypunch.target.id", claimed.Job.TargetId).SetTag("skypunch.slot", claimed.Job.Slot.ToString("O", CultureInfo.InvariantCulture));
        return claimed with { Job = claimed.Job with { TraceParent = step.Id } };
    }

    // There is only this process: what is in flight at its start is what a killed one has left.
    private async Task ForgetInFlightAsync(CancellationToken cancellationToken)
    {
        var forgotten = await writer.RunAsync((DueTargets targets) => targets.ForgetInFlightAsync(cancellationToken));
        if (forgotten > 0)
        {
            LogForgotten(forgotten);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Probers that saw the last failures could not be looked up, so any Prober may run the retries: {Reason}")]
    private partial void LogNoOtherEyes(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} probes were in flight when the process before this one ended; they count as missed.")]
    private partial void LogForgotten(int count);
}
