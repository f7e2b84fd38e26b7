using Google.Protobuf.WellKnownTypes;
using Skypunch.Cli.Output;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Cli;

public sealed class SpansAndPercentsTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.499, "<1s")]
    [InlineData(0.5, "1s")]
    [InlineData(14.998, "15s")]
    [InlineData(59.999, "1m")]
    [InlineData(5405, "1h30m5s")]
    [InlineData(86_400, "1d")]
    [InlineData(176_405, "2d1h5s")]
    public void A_span_is_told_to_the_second_and_one_that_was_never_as_nothing(double seconds, string text)
        => Assert.Equal(text, Spans.Of(Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds))));

    [Theory]
    [InlineData(0.0412, "0.04ms")]
    [InlineData(0.4123, "0.41ms")]
    [InlineData(4.16, "4.2ms")]
    [InlineData(41.9, "42ms")]
    [InlineData(999.4, "999ms")]
    [InlineData(999.6, "1.00s")]
    [InlineData(1234.5, "1.23s")]
    [InlineData(12_345, "12.3s")]
    public void The_time_of_a_probe_is_told_in_two_or_three_digits(double milliseconds, string text)
        => Assert.Equal(text, Spans.OfProbe(HistorySamples.Milliseconds(milliseconds)));

    [Theory]
    [InlineData(null, "no data")]
    [InlineData(100.0, "100 %")]
    [InlineData(99.99999, "99.999 %")]
    [InlineData(99.9, "99.900 %")]
    [InlineData(0.0, "0.000 %")]
    public void A_percentage_is_rounded_down(double? percent, string text) => Assert.Equal(text, Percents.Of(percent));

    [Theory]
    [InlineData(86_400, 86_400, "100 %")]
    [InlineData(86_399.999999, 86_400, "99.999 %")]
    [InlineData(2, 3, "66.666 %")]
    [InlineData(0, 0, "no data")]
    public void A_share_is_rounded_down_and_whole_only_where_nothing_is_missing(double part, double whole, string text)
        => Assert.Equal(text, Percents.Of((decimal)part, (decimal)whole));
}
