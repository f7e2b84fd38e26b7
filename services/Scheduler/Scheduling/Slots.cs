namespace Skypunch.Scheduler.Scheduling;

/// <summary>What a claim makes of a due target.</summary>
/// <param name="Slot">The slot to run; null: no slot can be run in time.</param>
/// <param name="ReleaseAt">When to publish its job: the slot itself, or a moment later where the slot is already past.</param>
/// <param name="Next">When the target is due next.</param>
/// <param name="Missed">Slots that nobody ran and nobody will.</param>
internal readonly record struct Booking(DateTimeOffset? Slot, DateTimeOffset ReleaseAt, DateTimeOffset Next, long Missed);

/// <summary>
/// When a target is due. Pure. A target's slots are the instants <c>phase + n × frequency</c> since 1970, in whole milliseconds, so they
/// never drift. The phase is computed from the id, so that targets of the same frequency are spread evenly over it.
/// </summary>
internal static class Slots
{
    /// <summary>How far the clocks of the machines may be apart.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(5);

    // The golden ratio's fraction: its multiples by 1, 2, 3, ... are the most evenly spread sequence there is (Steinhaus; three-distance
    // theorem).
    private const decimal GoldenFraction = 0.6180339887498948m;

    // The fraction of the square root of 2, for a second spread that is independent of the first: targets that are late together have
    // phases that lie close together.
    private const decimal OtherFraction = 0.4142135623730950m;

    // Together these keep the rate of probes after an outage of Skypunch below twice the mean rate, whatever the frequency.
    private static readonly TimeSpan PromptlyLate = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestLateness = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromSeconds(60);

    /// <summary>Books the slot of a target that is due, and the one after it.</summary>
    /// <param name="id">The target's id.</param>
    /// <param name="frequency">The time between two slots, at least one second.</param>
    /// <param name="dueAt">The slot that is due; null: the target is new, and is probed at once.</param>
    /// <param name="now">The instant of the claim; the slot may lie ahead of it.</param>
    public static Booking Book(long id, TimeSpan frequency, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        var due = dueAt ?? WholeMilliseconds(now);
        if (now - due <= Tolerance(frequency))
        {
            return Run(due, missed: 0);
        }

        var latest = LatestAtOrBefore(id, frequency, now);
        var slotsSince = latest > due ? ((latest - due).Ticks - 1) / frequency.Ticks + 1 : 0;
        if (slotsSince > 0 && now - latest <= Tolerance(frequency))
        {
            return Run(latest, missed: slotsSince);
        }

        return Wait(id, frequency, now, missed: slotsSince + 1); // too late to run

        Booking Run(DateTimeOffset slot, long missed)
        {
            // Half a frequency keeps a first, unaligned slot apart from the aligned one that follows it.
            var next = NextAfter(id, frequency, slot + (frequency / 2));
            var lateness = now - slot;
            var release = lateness <= TimeSpan.Zero ? slot
                : lateness <= PromptlyLate ? now
                : now + Spread(id, Min(frequency / 2, LongestSpread), OtherFraction); // after a short delay of this process, not all at once
            return new Booking(slot, release, next, missed);
        }
    }

    /// <summary>
    /// Books no slot now, since many targets are new at once. Each is probed first at an instant of its own, within its frequency and
    /// within a minute.
    /// </summary>
    public static Booking BookLater(long id, TimeSpan frequency, DateTimeOffset now) => Wait(id, frequency, now, missed: 0);

    // Waits for the next slot, but for a minute at most: after an outage of Skypunch even a target that is probed hourly is probed soon,
    // each at an instant of its own.
    private static Booking Wait(long id, TimeSpan frequency, DateTimeOffset now, long missed)
    {
        var next = NextAfter(id, frequency, now);
        var catchUp = WholeMilliseconds(now) + Spread(id, LongestCatchUp, OtherFraction);
        return new Booking(null, now, frequency > LongestCatchUp ? Min(next, catchUp) : next, missed);
    }

    /// <summary>How late a slot may still be run. A slot that is later is missed.</summary>
    private static TimeSpan Tolerance(TimeSpan frequency) => Min(frequency / 2, LongestLateness);

    private static DateTimeOffset NextAfter(long id, TimeSpan frequency, DateTimeOffset instant) => LatestAtOrBefore(id, frequency, instant) + frequency;

    private static DateTimeOffset LatestAtOrBefore(long id, TimeSpan frequency, DateTimeOffset instant)
    {
        var sincePhase = instant - DateTimeOffset.UnixEpoch - Spread(id, frequency);
        return instant - TimeSpan.FromTicks(sincePhase.Ticks % frequency.Ticks);
    }

    private static TimeSpan Spread(long id, TimeSpan over, decimal fraction = GoldenFraction)
        => TimeSpan.FromMilliseconds((long)(id * fraction % 1m * (long)over.TotalMilliseconds));

    private static DateTimeOffset WholeMilliseconds(DateTimeOffset instant)
        => instant - TimeSpan.FromTicks(instant.Ticks % TimeSpan.TicksPerMillisecond);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
