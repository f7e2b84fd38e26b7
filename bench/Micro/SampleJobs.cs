using Skypunch.Contracts;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.Bench.Micro;

/// <summary>Typical jobs and results of a healthy target.</summary>
internal static class SampleJobs
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static ProbeJob Job(long id, DateTimeOffset slot) => new()
    {
        TargetId = id,
        Name = $"bench-{id}",
        Slot = slot,
        Url = $"http://127.0.0.1:8080/ok/{id}",
        Method = "GET",
        Authn = "NONE",
        PassResult = "200",
        Timeout = TimeSpan.FromSeconds(5),
        Patience = TimeSpan.FromSeconds(0.5),
    };

    public static ProbeResult Pass(long id, DateTimeOffset slot) => new()
    {
        TargetId = id,
        Slot = slot,
        StartedAt = slot.AddMilliseconds(3),
        Duration = TimeSpan.FromTicks(7_654),
        Reason = ProbeReasons.Ok,
        Description = "OK",
        StatusCode = 200,
        Timings = new ProbeTimings(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromTicks(1_234), null, TimeSpan.FromTicks(2_345), TimeSpan.FromTicks(345)),
    };

    public static ClaimedJob Claimed(long id, DateTimeOffset slot)
        => new(Job(id, slot), slot, TimeSpan.FromSeconds(0.5));
}
