using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Folding;

/// <summary>When a target is probed again that has failed, but not often enough to be FAIL. Pure.</summary>
internal static class RetrySlot
{
    /// <summary>The instant of the next probe: the booked slot, or the end of the retry interval where that is sooner.</summary>
    /// <param name="after">The target's health with the verdict in it.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="retryInterval">
    /// The time from the begin of this probe to the retry; null: there is no retry before the booked slot.
    /// </param>
    /// <param name="booked">The slot that the claim has booked; null: the target is due at once.</param>
    /// <param name="now">The instant of the fold. The retry is not before it, since a slot in the past would count as missed.</param>
    public static DateTimeOffset? Next(TargetHealth after, Verdict verdict, TimeSpan? retryInterval, DateTimeOffset? booked, DateTimeOffset now)
    {
        if (retryInterval is not { } pause || verdict.Passed || !verdict.IsCurrent || after.Status is TargetStatus.Fail)
        {
            return booked;
        }

        // The Prober's clock may be behind the Scheduler's. The next slot must lie after this one even then.
        var began = Later(verdict.At, verdict.Slot);
        var retry = Later(began + pause, now);
        retry -= TimeSpan.FromTicks(retry.Ticks % TimeSpan.TicksPerMillisecond);
        return retry < booked ? retry : booked;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
