using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.UnitTests.Scheduler;

public sealed class ClaimPaceTests
{
    private static readonly DateTimeOffset Now = SchedulerStore.Noon;

    // Claims look a second ahead, four times a second.
    private readonly ClaimPace _pace = new(new SchedulerOptions { ClaimInterval = TimeSpan.FromMilliseconds(250), LookAhead = TimeSpan.FromSeconds(1) });

    [Theory]
    [InlineData(-5000, 250)]
    [InlineData(0, 250)]
    [InlineData(1200, 250)]
    [InlineData(1600, 600)]
    [InlineData(60_000, 1000)]
    [InlineData(null, 1000)]
    public void It_looks_again_when_the_next_target_can_be_claimed_and_after_a_second_at_the_latest(int? nextIn, int expected)
    {
        Look(nextIn is { } milliseconds ? Now.AddMilliseconds(milliseconds) : null);

        Assert.Equal(TimeSpan.FromMilliseconds(expected), _pace.Pause(Now));
    }

    [Fact]
    public void The_first_look_comes_soon() => Assert.Equal(TimeSpan.FromMilliseconds(250), _pace.Pause(Now));

    [Fact]
    public void A_row_from_the_beginning_of_time_is_due()
    {
        Look(DateTimeOffset.MinValue);

        Assert.Equal(TimeSpan.FromMilliseconds(250), _pace.Pause(Now));
    }

    [Fact]
    public void A_target_that_is_brought_forward_wakes_a_claim_that_would_sleep_past_it_and_once()
    {
        Look(null);
        _pace.Pause(Now); // until a second from now; that claim takes what is due within two seconds

        Assert.False(_pace.BringForward(Now.AddSeconds(2)));
        Assert.True(_pace.BringForward(Now.AddSeconds(1.9)));
        Assert.False(_pace.BringForward(Now.AddSeconds(1.5)));
    }

    [Fact]
    public void A_claim_that_looks_often_is_not_woken()
    {
        Look(Now);
        _pace.Pause(Now);

        Assert.False(_pace.BringForward(Now.AddSeconds(0.1)));
    }

    [Fact]
    public void What_is_brought_forward_during_a_look_counts_though_the_look_has_not_seen_it()
    {
        _pace.BeginLook();
        Assert.False(_pace.BringForward(Now.AddSeconds(1.1)));
        _pace.EndLook(Now.AddMinutes(1));

        Assert.Equal(TimeSpan.FromMilliseconds(250), _pace.Pause(Now));
    }

    private void Look(DateTimeOffset? nextAt)
    {
        _pace.BeginLook();
        _pace.EndLook(nextAt);
    }
}
