using Skypunch.Notifier.Channels.Http;

namespace Skypunch.UnitTests.Notifier.Channels;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData(" 120 ", 120)]
    [InlineData("0.25", 1)]
    [InlineData("Sun, 01 Mar 2026 12:02:00 GMT", 120)]
    [InlineData("Sunday, 01-Mar-26 12:02:00 GMT", 120)]
    [InlineData("Sun Mar  1 12:02:00 2026", 120)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("86400", 86400)]
    public void Seconds_and_a_date_are_read(string header, int seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Read(header, AChange.Noon));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1e9")]
    [InlineData("99999999999999999999999999")]
    [InlineData("Sun, 01 Mar 2026")]
    public void Any_other_header_is_ignored(string? header) => Assert.Null(RetryAfter.Read(header, AChange.Noon));
}
