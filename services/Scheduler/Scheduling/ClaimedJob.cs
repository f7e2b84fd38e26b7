using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>A job whose slot is booked in the store and that waits for its instant.</summary>
/// <param name="Job">The job.</param>
/// <param name="ReleaseAt">When to publish the job. In the release queue this instant is by <see cref="SteadyTime"/>.</param>
/// <param name="TimeToLive">
/// How long the job may take to reach the broker, and then as long again to reach a Prober. After that the job is dropped, which costs one
/// probe. So no backlog of jobs is left after an outage.
/// </param>
/// <param name="IsRetry">
/// Whether the target's last probe failed but did not make it FAIL. Then another Prober than the one that saw the failure is to probe the
/// target.
/// </param>
internal sealed record ClaimedJob(ProbeJob Job, DateTimeOffset ReleaseAt, TimeSpan TimeToLive, bool IsRetry = false)
{
    /// <summary>Whether it is too late to publish the job: its lease ends soon, and then another Scheduler may claim the target.</summary>
    public bool IsOverdue(DateTimeOffset now) => now >= ReleaseAt + TimeToLive;

    /// <summary>
    /// The job with its instants by the steady clock, so that they stay right when the system's clock is set while the job waits or is
    /// under way.
    /// </summary>
    public ClaimedJob By(SteadyTime steady) => this with
    {
        ReleaseAt = steady.Of(ReleaseAt),
        Job = Job.StartBy is { } at ? Job with { StartBy = steady.Of(at) } : Job,
    };
}
