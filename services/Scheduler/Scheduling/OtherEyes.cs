using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Asks for another Prober than the one that saw a target's last failure, where the probe is a retry and another Prober is alive; and knows then how the Probers are.</summary>
internal sealed class OtherEyes(SchedulerDb db, LivingProbers living)
{
    /// <summary>The claimed jobs, each retry with the Prober that is not to run it.</summary>
    public async Task<IReadOnlyList<ClaimedJob>> AskForAsync(IReadOnlyList<ClaimedJob> jobs, CancellationToken cancellationToken)
    {
        await living.RefreshAsync(db, cancellationToken);
        var retries = jobs.Where(job => job.IsRetry).Select(job => job.Job.TargetId).ToList();
        if (retries.Count == 0)
        {
            return jobs;
        }

        var seers = await db.SeersOfLastFailureAsync(retries, cancellationToken);
        var notBy = new Dictionary<long, string>();
        foreach (var (id, seer) in seers)
        {
            if (await living.AnotherThanAsync(db, seer, cancellationToken))
            {
                notBy[id] = seer;
            }
        }

        return [.. jobs.Select(job => job.IsRetry && notBy.TryGetValue(job.Job.TargetId, out var seer) ? job with { Job = job.Job with { NotBy = seer } } : job)];
    }
}
