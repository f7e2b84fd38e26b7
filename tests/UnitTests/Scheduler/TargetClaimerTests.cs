using Skypunch.Scheduler;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetClaimerTests
{
    private static readonly DateTimeOffset Now = SchedulerStore.Noon;

    // It claims a second ahead, four times a second.
    [Theory]
    [InlineData(-5000, 250)]
    [InlineData(0, 250)]
    [InlineData(1200, 250)]
    [InlineData(1600, 600)]
    [InlineData(60_000, 2000)]
    [InlineData(null, 2000)]
    public void It_looks_again_when_the_next_target_can_be_claimed_and_after_two_seconds_at_the_latest(int? nextIn, int expected)
    {
        var options = new SchedulerOptions { ClaimInterval = TimeSpan.FromMilliseconds(250), LookAhead = TimeSpan.FromSeconds(1) };
        DateTimeOffset? next = nextIn is { } milliseconds ? Now.AddMilliseconds(milliseconds) : null;

        Assert.Equal(TimeSpan.FromMilliseconds(expected), TargetClaimer.IntervalTo(next, Now, options));
    }

    [Fact]
    public void A_row_from_the_beginning_of_time_is_due()
        => Assert.Equal(TimeSpan.FromMilliseconds(250), TargetClaimer.IntervalTo(DateTimeOffset.MinValue, Now, new SchedulerOptions()));
}
