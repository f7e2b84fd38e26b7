namespace Skypunch.Scheduler.Folding;

/// <summary>When a target that has failed, but not yet often enough to be FAIL, is probed again. Pure.</summary>
internal static class RetrySlot
{
    /// <summary>The instant of the next probe: the booked one, or a sooner one after the retry interval.</summary>
    /// <param name="after">The target's health with the verdict in it.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="retryInterval">From the begin of the probe to the next; null: the frequency decides alone.</param>
    /// <param name="booked">The slot that the claim has booked; null: the target is due at once.</param>
    /// <param name="now">The instant of the fold: an instant that is past would count as missed.</param>
    public static DateTimeOffset? Next(TargetHealth after, Verdict verdict, TimeSpan? retryInterval, DateTimeOffset? booked, DateTimeOffset now)
    {
        if (retryInterval is not { } pause || verdict.Passed || !verdict.IsCurrent || after.Status is Targets.TargetStatus.Fail)
        {
            return booked;
        }

        // The Prober's clock may be behind; the next slot must lie after this one all the same.
        var began = Later(verdict.At, verdict.Slot);
        var retry = Later(began + pause, now);
        retry -= TimeSpan.FromTicks(retry.Ticks % TimeSpan.TicksPerMillisecond);
        return retry < booked ? retry : booked;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
