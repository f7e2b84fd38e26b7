using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Metrics;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// Publishes each claimed job at its instant. Jobs that fall due together travel together. At a stop, what was not published is given back to the store.
/// </summary>
internal sealed partial class JobReleaser(
    ReleaseQueue queue,
    IBus bus,
    StoreWriter<SchedulerDb> writer,
    SchedulerMetrics metrics,
    LivingProbers living,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    SteadyTime steady,
    ILogger<JobReleaser> logger) : BackgroundService
{
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestGivingBack = TimeSpan.FromSeconds(3); // a store that hangs
    private static readonly TimeSpan LongestPublishing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _reporting = new();
    private int _publishing;
    private int _lost;
    private long? _reportedAt;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var unpublished = queue.TakeAll();
        try
        {
            await GiveBackAsync(unpublished, cancellationToken);
            await PublishedAsync(cancellationToken);
            if (options.Value.DrainOnStop)
            {
                await DrainAsync(cancellationToken);
            }
        }
        catch (Exception e)
        {
            LogNotGivenBack(unpublished.Count, e.Message); // their leases run out, and they count as missed
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await busGate.WaitAsync(stoppingToken);
            while (true)
            {
                await queue.WaitForDueAsync(steady, stoppingToken);
                Release(InTime(queue.TakeDue(steady.GetUtcNow())));

                // What falls due meanwhile goes out together.
                await Task.Delay(options.Value.ReleaseInterval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    private async Task GiveBackAsync(List<ClaimedJob> unpublished, CancellationToken cancellationToken)
    {
        if (unpublished.Count > 0)
        {
            using var patience = new CancellationTokenSource(LongestGivingBack, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await writer.RunAsync((DueTargets targets) => targets.GiveBackAsync(unpublished, either.Token));
        }
    }

    // After a standstill of this process there may be many, whose targets others probe by now.
    private List<ClaimedJob> InTime(List<ClaimedJob> due)
    {
        var now = steady.GetUtcNow();
        var overdue = due.RemoveAll(job => job.IsOverdue(now));
        if (overdue > 0)
        {
            metrics.NotPublished(overdue);
            ReportLost(overdue, "they were overdue when this process came to them");
        }

        return due;
    }

    private void Release(List<ClaimedJob> due)
    {
        // A message is acknowledged with its slowest probe: quick targets do not travel with slow ones.
        foreach (var together in due.GroupBy(job => (job.TimeToLive, job.Job.Timeout)))
        {
            foreach (var jobs in JobBatches.Of(together, options.Value.JobsPerMessage))
            {
                _ = PublishAsync(jobs, together.Key.TimeToLive); // does not throw; the next jobs do not wait for the broker's confirm
            }
        }
    }

    private async Task PublishAsync(IReadOnlyList<ClaimedJob> jobs, TimeSpan timeToLive)
    {
        using var late = new CancellationTokenSource(timeToLive, clock);
        Interlocked.Increment(ref _publishing);
        try
        {
            var now = clock.GetUtcNow();
            var batch = new ProbeBatch([.. jobs.Select(claimed => claimed.Job)]) { SentAt = steady.GetUtcNow(), Fleet = living.Fleet };
            await bus.Publish(batch, context => context.TimeToLive = timeToLive, late.Token);
            foreach (var claimed in jobs)
            {
                metrics.Published(now - claimed.Job.Slot);
            }
        }
        catch (Exception e)
        {
            metrics.NotPublished(jobs.Count);
            ReportLost(jobs.Count, e.Message); // their leases run out, and they count as missed
        }
        finally
        {
            Interlocked.Decrement(ref _publishing);
        }
    }

    // While a broker is away every message fails: they are reported together.
    private void ReportLost(int count, string reason)
    {
        lock (_reporting)
        {
            _lost += count;
            if (_reportedAt is { } at && clock.GetElapsedTime(at) < ReportInterval)
            {
                return;
            }

            LogNotPublished(_lost, reason);
            (_lost, _reportedAt) = (0, clock.GetTimestamp());
        }
    }

    // The bus is still there: what is under way to it gets there, unless the broker is away.
    private async Task PublishedAsync(CancellationToken cancellationToken)
    {
        for (var began = clock.GetTimestamp(); Volatile.Read(ref _publishing) > 0 && clock.GetElapsedTime(began) < LongestPublishing;)
        {
            await Task.Delay(DrainPoll, clock, cancellationToken);
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < options.Value.DrainTimeout && await CountInFlightAsync(cancellationToken) > 0)
        {
            await Task.Delay(DrainPoll, clock, cancellationToken);
        }
    }

    private Task<int> CountInFlightAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return writer.RunAsync((DueTargets targets) => targets.CountInFlightAsync(now, cancellationToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} probes could not be published and count as missed: {Reason}")]
    private partial void LogNotPublished(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} claimed probes could not be given back and count as missed: {Reason}")]
    private partial void LogNotGivenBack(int count, string reason);
}
