using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.Scheduler.Targets;

/// <summary>The results that are kept of a target, as the API shows them.</summary>
internal static class RecentResults
{
    /// <summary>The last results of a target, the oldest first.</summary>
    public static IEnumerable<RecentResult> Of(Model.Target target) => HistoryView.Of(target.Id, target.History)?.Results.Select(ToProto) ?? [];

    /// <summary>A result.</summary>
    public static RecentResult ToProto(KeptResult result) => new()
    {
        SlotTime = DateTimeOffset.FromUnixTimeMilliseconds(result.Slot).ToTimestamp(),
        Passed = result.Passed,
        Reason = ReasonCodes.ReasonOf(result.Outcome),
        Latency = LatencyCode.TimeOf(result.Latency).ToDuration(),
        StatusCode = result.StatusCode,
        MissedBeforeCount = result.MissedBefore,
        Outdated = result.IsOutdated,
    };
}
