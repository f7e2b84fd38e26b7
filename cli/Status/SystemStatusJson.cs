using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Status;

/// <summary>How Skypunch is doing, for programs.</summary>
internal sealed record SystemStatusJson(
    string Version,
    DateTime? StartTime,
    TargetCountsJson Targets,
    double LagSeconds,
    long MissedCount,
    long UnannouncedChangeCount,
    IReadOnlyList<ProberJson> Probers)
{
    public static SystemStatusJson Of(GetSystemStatusResponse status)
    {
        var targets = status.Targets ?? new TargetCounts();
        return new(
            status.Version,
            Times.Utc(status.StartTime),
            new(targets.NewCount, targets.PassCount, targets.FailCount, targets.DisabledCount),
            Seconds(status.Lag),
            status.MissedCount,
            status.UnannouncedChangeCount,
            [.. status.Probers.Select(ProberJson.Of)]);
    }

    public static double Seconds(Duration? duration) => duration?.ToTimeSpan().TotalSeconds ?? 0;
}

/// <summary>How many targets there are, by what the probes have found.</summary>
internal sealed record TargetCountsJson(long NewCount, long PassCount, long FailCount, long DisabledCount);

/// <summary>A process that runs probes.</summary>
internal sealed record ProberJson(
    string Name,
    string Version,
    DateTime? StartTime,
    DateTime? LastSeenTime,
    int RunningCount,
    long CompletedCount,
    DateTime? CutOffTime)
{
    public static ProberJson Of(Prober prober) => new(
        prober.Name,
        prober.Version,
        Times.Utc(prober.StartTime),
        Times.Utc(prober.LastSeenTime),
        prober.RunningCount,
        prober.CompletedCount,
        Times.Utc(prober.CutOffTime));
}
