using Google.Protobuf.WellKnownTypes;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Targets;
using Target = Skypunch.Scheduler.Model.Target;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>A timeout below a second, next to the whole seconds that earlier releases and operators in SQL still write.</summary>
public sealed class TargetTimeoutTests
{
    [Theory]
    [InlineData(500, 1, 500)]
    [InlineData(1500, 2, 1500)]
    [InlineData(1000, 1, null)]
    [InlineData(300_000, 300, null)]
    public void A_timeout_is_stored_in_seconds_rounded_up_and_in_milliseconds_unless_it_is_whole(int given, int seconds, int? milliseconds)
    {
        var row = new Target { Name = "a", Url = "", TimeoutMs = 7 };

        TargetTimeout.Write(row, TimeSpan.FromMilliseconds(given));

        Assert.Equal((seconds, milliseconds), (row.Timeout, row.TimeoutMs));
        Assert.Equal(given, TargetTimeout.Of(row).TotalMilliseconds);
    }

    [Theory]
    [InlineData(5, 1500, 5000)]
    [InlineData(2, 1500, 1500)]
    [InlineData(1, 1500, 1000)]
    [InlineData(1, 1, 100)]
    [InlineData(1, -1, 1000)]
    [InlineData(0, null, 1000)]
    [InlineData(-3, null, 1000)]
    [InlineData(900, null, 300_000)]
    [InlineData(int.MaxValue, int.MaxValue, 300_000)]
    public void Seconds_that_were_changed_in_SQL_hold_and_values_out_of_range_are_brought_into_it(int seconds, int? milliseconds, int expected)
        => Assert.Equal(expected, TargetTimeout.Of(new Target { Name = "a", Url = "", Timeout = seconds, TimeoutMs = milliseconds }).TotalMilliseconds);

    [Theory]
    [InlineData(0, 100_000_000, 100)]
    [InlineData(1, 500_000_000, 1500)]
    [InlineData(0, 99_000_000, null)]
    [InlineData(1, 1, null)]
    [InlineData(1, -1, null)]
    [InlineData(-1, 0, null)]
    [InlineData(301, 0, null)]
    [InlineData(long.MaxValue, int.MaxValue, null)]
    public void A_caller_gives_whole_milliseconds_of_which_there_are_enough(long seconds, int nanos, int? milliseconds)
        => Assert.Equal(milliseconds, GivenTimeout.Read(new Duration { Seconds = seconds, Nanos = nanos })?.TotalMilliseconds);
}
