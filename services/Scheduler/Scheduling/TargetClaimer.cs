using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Metrics;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Claims due targets again and again, a little ahead of their slots, into the <see cref="ReleaseQueue"/>.</summary>
internal sealed partial class TargetClaimer(
    StoreWriter<SchedulerDb> writer,
    ReleaseQueue queue,
    SchedulerMetrics metrics,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    ILogger<TargetClaimer> logger) : WorkLoop(busGate, clock, logger)
{
    // A target that this Scheduler was not told of, as a hand or another Scheduler has made it due, may wait so long to be seen.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _clock = clock;
    private bool _begun;
    private DateTimeOffset? _nextAt;

    protected override TimeSpan Interval => IntervalTo(_nextAt, _clock.GetUtcNow(), options.Value);

    /// <summary>When to look again: as soon as the next target can be claimed.</summary>
    /// <param name="nextAt">When the next target is due; null: none was seen.</param>
    /// <param name="now">Now.</param>
    /// <param name="options">What bounds it.</param>
    internal static TimeSpan IntervalTo(DateTimeOffset? nextAt, DateTimeOffset now, SchedulerOptions options)
    {
        var sleep = nextAt - (now + options.LookAhead) is { } untilNext && untilNext < LongestSleep ? untilNext : LongestSleep;
        return sleep > options.ClaimInterval ? sleep : options.ClaimInterval;
    }

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        if (!_begun && writer.IsAlone)
        {
            await ForgetInFlightAsync(cancellationToken);
        }

        _begun = true;

        // Where little happens, this look is what happens most. It costs a fraction of a transaction that finds nothing.
        _nextAt = await writer.RunAsync((DueTargets targets) => targets.NextAtAsync(cancellationToken));
        var more = _nextAt <= _clock.GetUtcNow() + options.Value.LookAhead;
        while (more)
        {
            var now = _clock.GetUtcNow();
            (var jobs, var missed, more) = await writer.RunAsync(
                (DueTargets targets) => targets.ClaimAsync(now, now + options.Value.LookAhead, options.Value.ClaimBatchSize, cancellationToken));
            metrics.Missed(missed);
            queue.Add(jobs.Select(Traced));
        }
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} probes were in flight when the process before this one ended; they count as missed.")]
    private partial void LogForgotten(int count);
}
