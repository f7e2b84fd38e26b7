using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

public sealed class SlotsTests
{
    private const long Id = 7;

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_new_target_is_run_at_once_and_then_at_its_own_phase()
    {
        var booking = Slots.Book(Id, Seconds(10), null, Noon);

        Assert.Equal(Noon, booking.Slot);
        Assert.Equal(Noon, booking.ReleaseAt);
        Assert.InRange(booking.Next - Noon, Seconds(5), Seconds(15));
        Assert.Equal(0, booking.Missed);
    }

    [Fact]
    public void Slots_never_drift_however_late_the_claims_are()
    {
        var slot = AlignedSlot(Seconds(1));

        for (var i = 1; i <= 1000; i++)
        {
            var booking = Slots.Book(Id, Seconds(1), slot, slot + TimeSpan.FromMilliseconds(i % 500));
            Assert.Equal(slot, booking.Slot);
            Assert.Equal(slot + Seconds(1), booking.Next);
            slot = booking.Next;
        }
    }

    [Fact]
    public void A_slot_ahead_is_released_at_its_exact_instant()
    {
        var slot = AlignedSlot(Seconds(10));

        var booking = Slots.Book(Id, Seconds(10), slot, slot - TimeSpan.FromMilliseconds(700));

        Assert.Equal(slot, booking.ReleaseAt);
    }

    [Theory]
    [InlineData(1, 0.4, 0, 0)] // a little late: the slot is run
    [InlineData(1, 3.2, 3, 3)] // three slots have passed; the fourth is only a little late
    [InlineData(1, 3.7, null, 4)] // too late for the fourth slot, too
    [InlineData(10, 1.9, 0, 0)]
    [InlineData(10, 2.1, null, 1)]
    [InlineData(10, 10.1, 1, 1)]
    [InlineData(3600, 1200, null, 1)]
    [InlineData(3600, 3601, 1, 1)]
    public void A_slot_that_cannot_be_run_in_time_is_missed(int frequency, double late, int? runs, long missed)
    {
        var due = AlignedSlot(Seconds(frequency));

        var booking = Slots.Book(Id, Seconds(frequency), due, due + Seconds(late));

        Assert.Equal(runs is null ? null : due + Seconds(frequency * runs.Value), booking.Slot);
        Assert.Equal(missed, booking.Missed);
        Assert.True(booking.Next > due + Seconds(late));
    }

    [Fact]
    public void After_an_outage_an_hourly_target_does_not_wait_an_hour()
    {
        var due = AlignedSlot(Seconds(3600));
        var now = due + TimeSpan.FromMinutes(20);

        var booking = Slots.Book(Id, Seconds(3600), due, now);

        Assert.InRange(booking.Next - now, TimeSpan.Zero, Seconds(60));
    }

    [Fact]
    public void Every_slot_is_either_run_or_missed()
    {
        var random = new Random(42);
        foreach (var frequency in new[] { 1, 2, 10, 60 })
        {
            var first = AlignedSlot(Seconds(frequency));
            var (slot, run, missed) = (first, 0L, 0L);
            for (var i = 0; i < 2000; i++)
            {
                var booking = Slots.Book(Id, Seconds(frequency), slot, slot + Seconds(Math.Pow(random.NextDouble(), 3) * frequency * 6));
                run += booking.Slot is null ? 0 : 1;
                missed += booking.Missed;
                slot = booking.Next;
            }

            Assert.Equal((slot - first) / Seconds(frequency), run + missed);
            Assert.True(run > 0 && missed > 0);
        }
    }

    [Fact]
    public void Targets_of_one_frequency_are_spread_evenly_over_it()
    {
        var perSecond = Enumerable.Range(1, 10_000)
            .GroupBy(id => (Slots.Book(id, Seconds(10), null, Noon).Next - Noon).Ticks / TimeSpan.TicksPerSecond % 10)
            .Select(group => group.Count());

        Assert.All(perSecond, count => Assert.InRange(count, 990, 1010));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(60)]
    public void After_a_restart_fifty_thousand_targets_do_not_fire_at_once(int frequency)
    {
        var releases = new List<double>();
        foreach (var id in Enumerable.Range(1, 50_000))
        {
            var due = Slots.Book(id, Seconds(frequency), null, Noon - TimeSpan.FromHours(1)).Next;
            var booking = Slots.Book(id, Seconds(frequency), due, Noon);
            releases.Add((booking.Slot is null ? booking.Next : booking.ReleaseAt).Subtract(Noon).TotalSeconds);
        }

        var busiest = releases.GroupBy(at => (int)at).Max(second => second.Count());
        Assert.InRange(busiest, 1, 2 * 50_000 / frequency);
    }

    private static DateTimeOffset AlignedSlot(TimeSpan frequency) => Slots.Book(Id, frequency, null, Noon).Next;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
