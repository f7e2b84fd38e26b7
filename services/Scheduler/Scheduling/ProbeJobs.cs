using Skypunch.Contracts;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>Makes a target's probe job.</summary>
internal static class ProbeJobs
{
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
    };
}
