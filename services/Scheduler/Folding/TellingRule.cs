using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// Whether the notifiers are told of a change. In maintenance they are told only that a target has recovered from a failure that they know.
/// Pure.
/// </summary>
internal static class TellingRule
{
    // Targets that are probed at least as often need no probe of their own at a window's end. The others are spread over the same time.
    private const int SoonMs = 60_000;

    /// <summary>The decision on a change, which notifiers would be told of but for maintenance.</summary>
    /// <param name="to">The status now.</param>
    /// <param name="isCovered">Whether a maintenance window covers the target.</param>
    /// <param name="isUntold">Whether the failure before was not told.</param>
    public static string Of(TargetStatus to, bool isCovered, bool isUntold) => to switch
    {
        TargetStatus.Fail => isCovered ? Decision.Maintenance : Decision.Told,
        _ => isUntold ? Decision.FailureUntold : Decision.Told,
    };

    /// <summary>When a target is probed next whose failure is not told: soon after the end of the window, as that probe decides.</summary>
    /// <param name="id">The target, by which the probes are spread.</param>
    /// <param name="end">The end of the window.</param>
    /// <param name="booked">The slot that is booked; null: the target is due at once.</param>
    public static DateTimeOffset? NextProbe(long id, DateTimeOffset end, DateTimeOffset? booked)
        => booked > end + TimeSpan.FromMilliseconds(SoonMs) ? end + TimeSpan.FromMilliseconds(1 + (Math.Abs(id % SoonMs) * 7919 % SoonMs)) : booked;
}
