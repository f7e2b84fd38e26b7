using CsCheck;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>The rules of slots and retries, for any target, frequency and lateness.</summary>
public sealed class SlotsModelTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<TimeSpan> AnyFrequency = Gen.OneOf(Gen.Int[1, 10], Gen.Int[11, 86_400]).Select(seconds => TimeSpan.FromSeconds(seconds));

    // As a multiple of the frequency: from 0.2 early to 5 late, half of them at most 0.6 late.
    private static readonly Gen<double> AnyLateness = Gen.OneOf(Gen.Double[-0.2, 0.6], Gen.Double[0.6, 5]);

    [Fact]
    public void Each_slot_of_the_schedule_is_run_or_missed_and_the_next_is_never_too_soon() => Gen.Select(Gen.Long[1, 1_000_000], AnyFrequency, AnyLateness.Array[1, 50])
        .Sample((id, frequency, lateness) =>
        {
            var first = Slots.Book(id, frequency, null, Noon).Next;
            var (due, run, missed, last) = (first, 0L, 0L, (DateTimeOffset?)null);
            foreach (var late in lateness.Select(factor => factor * frequency))
            {
                var booking = Slots.Book(id, frequency, due, due + late);
                if (booking.Slot is { } slot)
                {
                    Assert.InRange(slot, due, due + (late > TimeSpan.Zero ? late : TimeSpan.Zero));
                    Assert.True(booking.ReleaseAt >= slot);
                    Assert.True(last is null || slot - last >= frequency / 2, $"{slot - last} after the one before");
                    (run, last) = (run + 1, slot);
                }

                missed += booking.Missed;
                Assert.True(booking.Next > due);
                if (frequency <= TimeSpan.FromMinutes(1)) // a longer frequency makes up for a missed slot in between
                {
                    Assert.Equal(TimeSpan.Zero, TimeSpan.FromTicks((booking.Next - first).Ticks % frequency.Ticks));
                    Assert.Equal((booking.Next - first) / frequency, run + missed);
                }

                due = booking.Next;
            }

            return true;
        });

    [Fact]
    public void A_retry_is_never_later_than_the_schedule_nor_sooner_than_its_interval() => Gen.Select(
            AnyFrequency,
            Gen.Int[1, 100_000].Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds)).Nullable(),
            Gen.Double[-5, 5],
            Gen.Double[0, 5],
            Gen.Bool,
            Gen.Enum<TargetStatus>())
        .Sample((frequency, interval, clockAhead, foldedAfter, passed, status) =>
        {
            var (slot, booked, now) = (Noon, Noon + frequency, Noon.AddSeconds(foldedAfter));
            var verdict = new Verdict(slot, slot.AddSeconds(clockAhead), passed, 503);

            var next = RetrySlot.Next(new TargetHealth { Status = status }, verdict, interval, booked, now);

            if (interval is not { } pause || passed || status is TargetStatus.Fail)
            {
                Assert.Equal(booked, next);
                return true;
            }

            Assert.InRange(next!.Value, slot, booked);
            var millisecond = TimeSpan.FromMilliseconds(1); // slots are whole milliseconds
            Assert.True(next == booked || (next > slot + pause - millisecond && next > now - millisecond));
            return true;
        });
}
