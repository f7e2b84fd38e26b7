using Skypunch.Contracts;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Makes a target's probe job.</summary>
internal static class ProbeJobs
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>How long a target's job may wait at each of its three stations: for the broker to take it, in its queue, and for its turn in a Prober.</summary>
    public static TimeSpan Wait(Target target)
        => TimeSpan.FromTicks(Math.Clamp(target.Frequency * TimeSpan.TicksPerSecond / 2, ShortestWait.Ticks, LongestWait.Ticks));

    /// <summary>After this time from its release nobody answers for a job any more.</summary>
    public static TimeSpan Lease(ProbeJob job) => (3 * job.Patience) + job.Timeout;

    /// <summary>The job without its credentials. A timeout that a hand has written out of range is brought into it.</summary>
    public static ProbeJob Of(Target target, DateTimeOffset slot) => new()
    {
        TargetId = target.Id,
        Name = target.Name,
        Slot = slot,
        Url = target.Url,
        Method = target.Method,
        Authn = target.Authn,
        PassResult = target.PassResult,
        Timeout = TimeSpan.FromSeconds(Math.Clamp(target.Timeout, 1, TargetRules.LongestTimeout)),
        Patience = Wait(target),
        Revision = target.Revision,
    };
}
