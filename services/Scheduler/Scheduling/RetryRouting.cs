using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// Has a retry run by another Prober than the one that saw the target's last failure, where another Prober is alive. Its query also
/// refreshes what <see cref="LivingProbers"/> knows.
/// </summary>
internal sealed class RetryRouting(SchedulerDb db, LivingProbers living)
{
    /// <summary>Returns the claimed jobs; each retry names the Prober that is not to run it.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> RouteAsync(IReadOnlyList<ClaimedJob> jobs, CancellationToken cancellationToken)
    {
        await living.RefreshAsync(db, cancellationToken);
        var retries = jobs.Where(job => job.IsRetry).Select(job => job.Job.TargetId).ToList();
        if (retries.Count == 0)
        {
            return jobs;
        }

        var notBy = new Dictionary<long, string>();
        foreach (var (id, prober) in await db.ProbersOfLastFailureAsync(retries, cancellationToken))
        {
            if (await living.AnotherThanAsync(db, prober, cancellationToken))
            {
                notBy[id] = prober;
            }
        }

        return [.. jobs.Select(job => job.IsRetry && notBy.TryGetValue(job.Job.TargetId, out var prober) ? job with { Job = job.Job with { NotBy = prober } } : job)];
    }
}
