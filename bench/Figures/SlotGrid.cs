using Skypunch.Bench.Scenarios;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.Bench.Figures;

/// <summary>The aligned slots of a target: the instants <c>phase + n × frequency</c>, with the phase that the Scheduler gives it.</summary>
/// <param name="Frequency">The time between two slots.</param>
/// <param name="Phase">Where the slots lie in it.</param>
internal readonly record struct SlotGrid(TimeSpan Frequency, TimeSpan Phase)
{
    /// <summary>The slots of a target, as the Scheduler's own rule books them.</summary>
    public static SlotGrid Of(BenchTarget target)
    {
        var frequency = TimeSpan.FromSeconds(target.Frequency);
        var anySlot = Slots.Book(target.Id, frequency, DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(50)).Next;
        return new SlotGrid(frequency, TimeSpan.FromTicks((anySlot - DateTimeOffset.UnixEpoch).Ticks % frequency.Ticks));
    }

    /// <summary>The number of the last slot that is not after an instant.</summary>
    public long IndexAt(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch - Phase).Ticks / Frequency.Ticks;

    /// <summary>The slot of a number.</summary>
    public DateTimeOffset At(long index) => DateTimeOffset.UnixEpoch + Phase + (index * Frequency);

    /// <summary>The first slot after an instant.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset instant) => At(IndexAt(instant) + 1);
}
