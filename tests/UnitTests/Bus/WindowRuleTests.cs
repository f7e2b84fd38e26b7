using Skypunch.ServiceDefaults.Bus.Windows;

namespace Skypunch.UnitTests.Bus;

public sealed class WindowRuleTests
{
    private const int Most = 1000;
    private static readonly WorkInHand Little = new(5, 2000);

    [Theory]
    [InlineData(2, 1, 0)] // one more message may come
    [InlineData(2, 2, 2)]
    [InlineData(40, 40, 10)] // by a quarter
    [InlineData(999, 999, 1)] // up to the maximum
    [InlineData(1000, 1000, 0)]
    public void It_opens_a_level_when_all_are_full(int size, int inHand, int opened)
        => Assert.Equal(opened, WindowRule.Next([new(size, inHand, TimeSpan.Zero)], inHand, Most, Little));

    [Theory]
    [InlineData(2000, 0)] // all places are taken
    [InlineData(2100, 0)] // more than all places are taken, but not by much
    [InlineData(1999, 1)] // there is a place for part of a message
    [InlineData(1900, 3)] // 100 units are free and a message has about 48
    [InlineData(400, 10)]
    public void It_opens_no_further_than_there_are_places(int units, int opened)
        => Assert.Equal(opened, WindowRule.Next([new(40, 40, TimeSpan.Zero)], 40, Most, new(units, 2000)));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(7, 1)] // up to the maximum
    [InlineData(8, 0)]
    public void It_opens_up_to_the_maximum_where_work_is_not_measured(int inHand, int opened)
        => Assert.Equal(opened, WindowRule.Next([new(inHand, inHand, TimeSpan.Zero)], inHand, 8, WorkInHand.Unmeasured));

    [Theory]
    [InlineData(4000, WindowRule.Close)]
    [InlineData(2201, WindowRule.Close)]
    [InlineData(2199, 0)]
    public void It_closes_when_far_more_waits_than_there_are_places_for(int units, int expected)
        => Assert.Equal(expected, WindowRule.Next([new(30, 30, TimeSpan.Zero), new(10, 10, TimeSpan.Zero)], 40, Most, new(units, 2000)));

    [Theory]
    [InlineData(1, 0, 3.0, WindowRule.Close)]
    [InlineData(1, 0, 2.9, 0)] // not unused for long enough
    [InlineData(1, 1, 3.0, 0)] // a message of the level is in hand
    [InlineData(2, 0, 3.0, 0)] // the level below is full
    public void It_closes_the_highest_level_when_nothing_comes_by_it(int below, int top, double unusedFor, int expected)
        => Assert.Equal(expected, WindowRule.Next([new(2, below, TimeSpan.Zero), new(2, top, TimeSpan.FromSeconds(unusedFor))], below + top, Most, Little));

    [Fact]
    public void The_lowest_level_stays_open_when_nothing_comes()
        => Assert.Equal(0, WindowRule.Next([new(2, 0, TimeSpan.FromHours(1))], 0, Most, Little));

    [Fact]
    public void A_window_that_was_closed_altogether_opens_when_there_are_places_again()
    {
        Assert.Equal(0, WindowRule.Next([], 3, Most, new(300, 100)));
        Assert.Equal(2, WindowRule.Next([], 1, Most, new(10, 100)));
        Assert.Equal(2, WindowRule.Next([], 0, Most, new(0, 100)));
    }

    // In every run, a process that stops at any moment holds at most as many messages as it had in hand at its peak and a quarter more, or
    // two more. A process that goes on never gets stuck.
    [Fact]
    public void A_stopped_process_holds_a_bounded_number_of_messages_and_a_live_one_never_gets_stuck()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var window = new ModelOfAWindow(new Random(seed));
            for (var step = 0; step < 500; step++)
            {
                window.Step();
                Assert.True(window.Size <= window.Peak + Math.Max(WindowRule.Smallest, window.Peak / 4), $"Seed {seed}, step {step}: open for {window.Size}, the peak was {window.Peak}.");
                Assert.True(window.Units <= window.Places, $"Seed {seed}, step {step}: {window.Units} units, {window.Places} places.");
            }

            window.Drain();
            Assert.True(window.Free > 0, $"Seed {seed}: nothing is in hand and nothing can come.");
        }
    }
}
