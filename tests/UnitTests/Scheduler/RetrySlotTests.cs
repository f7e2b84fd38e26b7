using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

public sealed class RetrySlotTests
{
    private static readonly DateTimeOffset Slot = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Booked = After(60);

    [Theory]
    [InlineData(10, 0.5, 10)] // counted from the begin of the probe
    [InlineData(10, 10.5, 10.5)] // the probe takes longer than the interval: at once, and not in the past, which would count as missed
    [InlineData(59, 0.5, 59)]
    [InlineData(60, 0.5, 60)] // the booked slot is at the same time
    [InlineData(300, 0.5, 60)] // the booked slot is sooner
    public void A_failure_that_does_not_make_a_FAIL_is_retried_after_the_interval(double interval, double foldedAt, double expected)
        => Assert.Equal(After(expected), Next(TargetStatus.Pass, interval, now: After(foldedAt)));

    [Theory]
    [InlineData("New", false, true, 10)]
    [InlineData("Fail", false, true, 60)] // the target is known to be down
    [InlineData("Pass", true, true, 60)]
    [InlineData("Pass", false, false, 60)] // a failure of the target as it was before a change
    public void Only_a_failure_that_waits_to_be_confirmed_is_retried_early(string status, bool passed, bool isCurrent, double expected)
        => Assert.Equal(After(expected), Next(Enum.Parse<TargetStatus>(status), 10, passed: passed, isCurrent: isCurrent));

    [Fact]
    public void Without_an_interval_or_for_a_target_that_is_due_at_once_nothing_changes()
    {
        Assert.Equal(Booked, Next(TargetStatus.Pass, null));
        Assert.Null(RetrySlot.Next(new TargetHealth(), Verdict(Slot), TimeSpan.FromSeconds(1), null, Slot));
    }

    [Theory]
    [InlineData(-3600, 10)] // the next slot is after this one, whatever the Prober's clock says
    [InlineData(3600, 60)]
    public void A_probers_clock_does_no_harm(double clock, double expected)
        => Assert.Equal(After(expected), RetrySlot.Next(new TargetHealth(), Verdict(After(clock)), TimeSpan.FromSeconds(10), Booked, After(0.5)));

    [Fact]
    public void A_retry_is_at_a_whole_millisecond_as_slots_are()
        => Assert.Equal(After(10), Next(TargetStatus.Pass, 10, now: After(10).AddTicks(4321)));

    [Theory]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(59)]
    public void After_a_retry_the_schedule_is_the_old_one_and_nothing_is_missed(int interval)
    {
        var frequency = TimeSpan.FromSeconds(60);
        var aligned = Slots.Book(7, frequency, null, Slot).Next;
        var next = Slots.Book(7, frequency, aligned, aligned).Next;

        var retry = RetrySlot.Next(
            new TargetHealth(), new Verdict(aligned, aligned, false, 503), TimeSpan.FromSeconds(interval), next, aligned.AddSeconds(1))!.Value;
        var booking = Slots.Book(7, frequency, retry, retry.AddMilliseconds(200));

        Assert.Equal((aligned.AddSeconds(interval), 0), (booking.Slot!.Value, booking.Missed));
        Assert.Equal(TimeSpan.Zero, TimeSpan.FromTicks((booking.Next - aligned).Ticks % frequency.Ticks));
        Assert.InRange(booking.Next - retry, frequency / 2, frequency * 1.5);
    }

    private static DateTimeOffset? Next(TargetStatus status, double? interval, DateTimeOffset? now = null, bool passed = false, bool isCurrent = true)
        => RetrySlot.Next(
            new TargetHealth { Status = status },
            Verdict(Slot, passed, isCurrent),
            interval is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Booked,
            now ?? After(0.5));

    private static Verdict Verdict(DateTimeOffset at, bool passed = false, bool isCurrent = true) => new(Slot, at, passed, 503, isCurrent);

    private static DateTimeOffset After(double seconds) => Slot.AddSeconds(seconds);
}
