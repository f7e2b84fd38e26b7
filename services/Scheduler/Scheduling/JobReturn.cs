using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// Gives claimed jobs that were never published back to their rows. Nobody else has these jobs, so their targets need not wait until the
/// leases end: the Scheduler that claims a target next runs its slot, or counts it as missed. Of jobs that may have been published the leases
/// are ended.
/// </summary>
internal sealed partial class JobReturn(StoreWriter<SchedulerDb> writer, TimeProvider clock, ILogger<JobReturn> logger)
{
    private const int LeasesAtOnce = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2); // the store may hang

    /// <summary>Gives jobs back.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="jump">By how much the clock was set since they were claimed.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task RunAsync(IReadOnlyCollection<ClaimedJob> jobs, TimeSpan jump, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0)
        {
            return;
        }

        await WriteAsync((targets, cancellation) => targets.GiveBackAsync(jobs, jump, cancellation), cancellationToken);
    }

    /// <summary>Gives jobs back. Where the store fails, logs that instead of throwing.</summary>
    public async Task TryAsync(IReadOnlyCollection<ClaimedJob> jobs)
    {
        try
        {
            await RunAsync(jobs, jump: TimeSpan.Zero, CancellationToken.None);
        }
        catch (Exception e)
        {
            ReportFailure(jobs.Count, e);
        }
    }

    /// <summary>Ends the leases of jobs that may have been published. Where the store fails, logs that instead of throwing.</summary>
    /// <param name="slots">The slot of each target.</param>
    public async Task TryEndLeasesAsync(IReadOnlyCollection<KeyValuePair<long, DateTimeOffset>> slots)
    {
        foreach (var some in slots.Chunk(LeasesAtOnce))
        {
            try
            {
                await WriteAsync((targets, cancellation) => targets.EndLeasesAsync(some, cancellation), CancellationToken.None);
            }
            catch (Exception e)
            {
                ReportFailure(some.Length, e);
            }
        }
    }

    private async Task WriteAsync(Func<DueTargets, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await writer.RunAsync(
            async (DueTargets targets) =>
            {
                await write(targets, either.Token);
                return true;
            },
            either.Token);
    }

    /// <summary>Logs that jobs were not given back. Their leases end without a result, and they count as missed.</summary>
    public void ReportFailure(int count, Exception reason) => LogNotGivenBack(count, reason.Message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} claimed probes could not be given back and count as missed: {Reason}")]
    private partial void LogNotGivenBack(int count, string reason);
}
