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
    private readonly TimeProvider _clock = clock;
    private bool _begun;
    private bool _isQuiet;

    protected override TimeSpan Interval => IntervalAfter(_isQuiet, options.Value);

    /// <summary>When to look again. Where nothing was due half as often, yet twice before what is not seen yet falls due.</summary>
    internal static TimeSpan IntervalAfter(bool isQuiet, SchedulerOptions options)
        => isQuiet && 4 * options.ClaimInterval <= options.LookAhead ? 2 * options.ClaimInterval : options.ClaimInterval;

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        if (!_begun && writer.IsAlone)
        {
            await ForgetInFlightAsync(cancellationToken);
        }

        _begun = true;
        if (_isQuiet && !await IsAnyDueAsync(cancellationToken))
        {
            return;
        }

        bool more;
        _isQuiet = true;
        do
        {
            var now = _clock.GetUtcNow();
            (var jobs, var missed, more) = await writer.RunAsync(
                (DueTargets targets) => targets.ClaimAsync(now, now + options.Value.LookAhead, options.Value.ClaimBatchSize, cancellationToken));
            _isQuiet &= jobs.Count == 0;
            metrics.Missed(missed);
            queue.Add(jobs.Select(Traced));
        }
        while (more);
    }

    // Where little happens, this is what happens most. It costs a fraction of a transaction that finds nothing.
    private Task<bool> IsAnyDueAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        return writer.RunAsync((DueTargets targets) => targets.AnyAsync(now, now + options.Value.LookAhead, cancellationToken));
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
