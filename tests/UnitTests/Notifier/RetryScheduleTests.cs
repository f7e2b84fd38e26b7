using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier;

public sealed class RetryScheduleTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(1, "00:00:10")]
    [InlineData(2, "00:00:30")]
    [InlineData(3, "00:01:00")]
    [InlineData(4, "00:02:00")]
    [InlineData(5, "00:05:00")]
    [InlineData(6, "00:10:00")]
    [InlineData(7, "00:15:00")]
    [InlineData(8, "00:15:00")]
    [InlineData(90, "00:15:00")]
    public void Tries_again_soon_at_first_and_then_every_quarter_of_an_hour(int failures, string pause)
    {
        var now = AChange.Noon.AddHours(3);

        Assert.Equal(now + TimeSpan.Parse(pause, null), RetrySchedule.Next(failures, AChange.Noon, Day, now));
    }

    [Theory]
    [InlineData(1, "00:00:03", "00:00:10")]
    [InlineData(1, "00:00:40", "00:00:40")]
    [InlineData(9, "00:00:40", "00:15:00")]
    [InlineData(9, "00:20:00", "00:20:00")]
    [InlineData(1, "7.00:00:00", "01:00:00")]
    public void A_receiver_is_left_alone_for_as_long_as_it_asks_but_not_for_ever(int failures, string asked, string pause)
        => Assert.Equal(AChange.Noon + TimeSpan.Parse(pause, null), RetrySchedule.Next(failures, AChange.Noon, Day, AChange.Noon, TimeSpan.Parse(asked, null)));

    [Theory]
    [InlineData(null, "00:00:10")]
    [InlineData("00:00:01", "00:00:10")]
    [InlineData("00:00:40", "00:00:40")]
    [InlineData("01:00:00", "00:01:00")]
    public void Nobody_sends_to_a_receiver_that_fails_for_a_while(string? asked, string rest)
        => Assert.Equal(TimeSpan.Parse(rest, null), RetrySchedule.RestFor(asked is null ? null : TimeSpan.Parse(asked, null)));

    [Theory]
    [InlineData("23:59:59", false)]
    [InlineData("1.00:00:00", true)]
    [InlineData("2.00:00:00", true)]
    public void Gives_up_after_its_time(string age, bool givenUp)
        => Assert.Equal(givenUp, RetrySchedule.Next(9, AChange.Noon, Day, AChange.Noon + TimeSpan.Parse(age, null)) is null);
}
