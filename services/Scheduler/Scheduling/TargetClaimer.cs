using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Claims due targets again and again, a little ahead of their slots, into the <see cref="ReleaseQueue"/>.</summary>
internal sealed partial class TargetClaimer(
    IServiceScopeFactory scopes,
    ReleaseQueue queue,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    ILogger<TargetClaimer> logger) : WorkLoop(busGate, clock, logger)
{
    private readonly TimeProvider _clock = clock;
    private bool _begun;

    protected override TimeSpan Interval => options.Value.ClaimInterval;

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var targets = scope.ServiceProvider.GetRequiredService<DueTargets>();
        if (!_begun && scope.ServiceProvider.GetRequiredService<SchedulerDb>().Database.IsSqlite())
        {
            await ForgetInFlightAsync(targets, cancellationToken);
        }

        _begun = true;
        bool more;
        do
        {
            var now = _clock.GetUtcNow();
            (var jobs, more) = await targets.ClaimAsync(now, now + options.Value.LookAhead, options.Value.ClaimBatchSize, cancellationToken);
            queue.Add(jobs);
        }
        while (more);
    }

    // There is only this process: what is in flight at its start is what a killed one has left.
    private async Task ForgetInFlightAsync(DueTargets targets, CancellationToken cancellationToken)
    {
        var forgotten = await targets.ForgetInFlightAsync(cancellationToken);
        if (forgotten > 0)
        {
            LogForgotten(forgotten);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} probes were in flight when the process before this one ended; they count as missed.")]
    private partial void LogForgotten(int count);
}
