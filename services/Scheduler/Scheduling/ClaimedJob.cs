using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>A job whose slot is booked in the store and that waits for its instant.</summary>
/// <param name="Job">The job.</param>
/// <param name="ReleaseAt">When to publish it; of the release queue's jobs by <see cref="SteadyTime"/>.</param>
/// <param name="TimeToLive">
/// How long it may take to reach the broker, and then to reach a Prober. Later it is lost, which costs one probe; so an outage leaves no stampede.
/// </param>
/// <param name="IsRetry">Whether the target's last probe failed, but has not made it FAIL yet: another Prober than the one that saw it is to look.</param>
internal sealed record ClaimedJob(ProbeJob Job, DateTimeOffset ReleaseAt, TimeSpan TimeToLive, bool IsRetry = false)
{
    /// <summary>Whether it is too late to publish it: its slot is given up soon, and others may have it by then.</summary>
    public bool IsOverdue(DateTimeOffset now) => now >= ReleaseAt + TimeToLive;

    /// <summary>The job with instants that hold when somebody sets the clock while it waits or is on its way.</summary>
    public ClaimedJob By(SteadyTime steady) => this with
    {
        ReleaseAt = steady.Of(ReleaseAt),
        Job = Job.StartBy is { } at ? Job with { StartBy = steady.Of(at) } : Job,
    };
}
