using Skypunch.Bench.Scenarios;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.Bench.Figures;

/// <summary>The slots of a target: the instants <c>phase + n × frequency</c>, with the phase that the Scheduler assigns.</summary>
/// <param name="Frequency">The time between two slots.</param>
/// <param name="Phase">The offset of the slots from a multiple of the frequency.</param>
internal readonly record struct SlotGrid(TimeSpan Frequency, TimeSpan Phase)
{
    /// <summary>The slots of a target, computed by the Scheduler's own rule.</summary>
    public static SlotGrid Of(BenchTarget target)
    {
        var frequency = TimeSpan.FromSeconds(target.Frequency);
        var anySlot = Slots.Book(target.Id, frequency, DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(50)).Next;
        return new SlotGrid(frequency, TimeSpan.FromTicks((anySlot - DateTimeOffset.UnixEpoch).Ticks % frequency.Ticks));
    }

    /// <summary>The number of the last slot at or before an instant.</summary>
    public long IndexAt(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch - Phase).Ticks / Frequency.Ticks;

    /// <summary>The instant of the slot with this number.</summary>
    public DateTimeOffset At(long index) => DateTimeOffset.UnixEpoch + Phase + (index * Frequency);

    /// <summary>The first slot after an instant.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset instant) => At(IndexAt(instant) + 1);
}
