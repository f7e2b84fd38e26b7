using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Telemetry;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Claims due targets in a loop, a little ahead of their slots, and adds their jobs to the <see cref="ReleaseQueue"/>.</summary>
internal sealed partial class TargetClaimer(
    StoreWriter<SchedulerDb> writer,
    ReleaseQueue queue,
    JobReturn jobReturn,
    LivingProbers living,
    ScheduleMetrics metrics,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    SteadyTime steady,
    ILogger<TargetClaimer> logger) : WorkLoop(busGate, clock, logger)
{
    // After a turn that has claimed this many jobs, some targets are surely due again: the next turn claims without asking first.
    private const int Many = 50;

    private readonly TimeProvider _clock = clock;
    private readonly ClaimPace _pace = new(options.Value);
    private TimeSpan _clockOffset; // of the system's clock from the steady one
    private bool _hasBegun;
    private bool _isBusy;

    protected override TimeSpan Interval => _pace.Pause(_clock.GetUtcNow());

    /// <summary>Wakes the claim where needed, since a target is due sooner than its schedule says.</summary>
    public void BringForward(DateTimeOffset at)
    {
        if (_pace.BringForward(at))
        {
            Wake();
        }
    }

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun && writer.IsAlone)
        {
            await ForgetInFlightAsync(cancellationToken);
        }

        _hasBegun = true;
        await FollowClockAsync(cancellationToken);
        var more = await IsAnyDueAsync(cancellationToken);
        var count = 0;
        while (more)
        {
            var now = _clock.GetUtcNow();
            (var jobs, var missed, more) = await writer.RunAsync(
                (DueTargets targets) => targets.ClaimAsync(now, now + options.Value.LookAhead, options.Value.ClaimBatchSize, cancellationToken));
            metrics.Missed(missed);
            queue.Add((await RouteRetriesAsync(jobs, cancellationToken)).Select(Traced).Select(job => job.By(steady)));
            count += jobs.Count;
        }

        _isBusy = count >= Many;
    }

    // Jobs in the queue go by the steady clock, and their rows by the system's clock. After the system's clock was set forwards, a target
    // whose job still waits would be claimed a second time. So these jobs are given back and claimed again, for the same moment.
    private async Task FollowClockAsync(CancellationToken cancellationToken)
    {
        var offset = _clock.GetUtcNow() - steady.GetUtcNow();
        var jump = offset - _clockOffset;
        _clockOffset = offset;
        if (jump.Duration() >= ClockWatch.SmallestJump)
        {
            var wholeMilliseconds = TimeSpan.FromMilliseconds(Math.Round(jump.TotalMilliseconds)); // as slots are
            await jobReturn.RunAsync(queue.TakeAll(), wholeMilliseconds, cancellationToken);
        }
    }

    // Has retries run by other Probers, and refreshes what is known of the Probers, which travels with the jobs. Neither is necessary:
    // where the query fails, the claimed jobs are released without it.
    private async Task<IReadOnlyList<ClaimedJob>> RouteRetriesAsync(IReadOnlyList<ClaimedJob> jobs, CancellationToken cancellationToken)
    {
        try
        {
            return jobs.Any(job => job.IsRetry) || (jobs.Count > 0 && !living.IsFresh)
                ? await writer.RunAsync((RetryRouting routing) => routing.RouteAsync(jobs, cancellationToken))
                : jobs;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoOtherEyes(e.Message);
            return jobs;
        }
    }

    // Where few targets are due, this query runs most often. It costs a fraction of a transaction that finds nothing.
    private async Task<bool> IsAnyDueAsync(CancellationToken cancellationToken)
    {
        _pace.BeginLook();
        var nextAt = _isBusy ? DateTimeOffset.UnixEpoch : await writer.RunAsync((DueTargets targets) => targets.NextAtAsync(cancellationToken));
        _pace.EndLook(nextAt);
        return nextAt <= _clock.GetUtcNow() + options.Value.LookAhead;
    }

    // The distributed trace of a probe begins here. The job carries its context.
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

    // This process is the only one: probes that are in flight at its start were left by a process that was killed.
    private async Task ForgetInFlightAsync(CancellationToken cancellationToken)
    {
        var forgotten = await writer.RunAsync((DueTargets targets) => targets.ForgetInFlightAsync(cancellationToken));
        if (forgotten > 0)
        {
            LogForgotten(forgotten);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Skypunch could not look up which Probers saw the last failures, so any Prober may run the retries: {Reason}")]
    private partial void LogNoOtherEyes(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} probes were in flight when the previous process ended; they count as missed.")]
    private partial void LogForgotten(int count);
}
