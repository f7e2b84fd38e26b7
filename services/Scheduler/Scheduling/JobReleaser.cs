using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// Publishes each claimed job at its instant. Jobs that fall due together go into one message. Jobs that are overdue are given back to the
/// store, and at a stop all jobs that were not published.
/// </summary>
internal sealed partial class JobReleaser(
    ReleaseQueue queue,
    IBus bus,
    StoreWriter<SchedulerDb> writer,
    JobReturn jobReturn,
    UnpublishedJobs unpublished,
    ScheduleMetrics metrics,
    LivingProbers living,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    SteadyTime steady,
    ILogger<JobReleaser> logger) : BackgroundService
{
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPublishing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _reporting = new();
    private int _publishing;
    private int _lost;
    private long? _reportedAt;
    private Task? _stopped;

    // Called twice: by FirstToStop before anything else is stopped, and by the host later.
    public override Task StopAsync(CancellationToken cancellationToken) => _stopped ??= StopOnceAsync(cancellationToken);

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var waiting = queue.TakeAll();
        try
        {
            await jobReturn.RunAsync(waiting, jump: TimeSpan.Zero, cancellationToken);
            await WaitForPublishingAsync(cancellationToken);
            if (options.Value.DrainOnStop)
            {
                await DrainAsync(cancellationToken);
            }
        }
        catch (Exception e)
        {
            jobReturn.ReportFailure(waiting.Count, e);
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

                // Jobs that fall due during this pause are published together.
                await Task.Delay(options.Value.ReleaseInterval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    // After a standstill of this process many jobs may be overdue, and other Schedulers may claim their targets by now. The overdue jobs
    // are given back, since nobody else has them: so their targets need not wait until the leases end.
    private List<ClaimedJob> InTime(List<ClaimedJob> due)
    {
        var now = steady.GetUtcNow();
        var overdue = due.FindAll(job => job.IsOverdue(now));
        if (overdue.Count == 0)
        {
            return due;
        }

        metrics.NotPublished(overdue.Count);
        ReportLost(overdue.Count, "they were overdue when this process came to them");
        _ = jobReturn.TryAsync(overdue); // does not throw; the jobs that are due do not wait for the store
        return due.FindAll(job => !job.IsOverdue(now));
    }

    private void Release(List<ClaimedJob> due)
    {
        // A message is acknowledged when its slowest probe has ended. So jobs with different timeouts go into different messages.
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
            unpublished.BrokerIsBack();
            foreach (var claimed in jobs)
            {
                metrics.Published(now - claimed.Job.Slot);
            }
        }
        catch (Exception e)
        {
            metrics.NotPublished(jobs.Count);
            ReportLost(jobs.Count, e.Message); // their leases end without a result, and they count as missed
            unpublished.Add(jobs);
        }
        finally
        {
            Interlocked.Decrement(ref _publishing);
        }
    }

    // While the broker cannot be reached every message fails. They are reported together, once in ten seconds.
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

    // The bus still runs, so messages that are being published reach the broker, unless it cannot be reached.
    private async Task WaitForPublishingAsync(CancellationToken cancellationToken)
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} probe jobs could not be published and count as missed: {Reason}")]
    private partial void LogNotPublished(int count, string reason);
}
