using Skypunch.Cli.Options;

namespace Skypunch.UnitTests.Cli;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("10s", 10)]
    [InlineData("5m", 300)]
    [InlineData("1h", 3600)]
    [InlineData("1d", 86_400)]
    [InlineData("1h30m", 5400)]
    [InlineData("90", 90)]
    [InlineData("0", 0)]
    public void Reads_what_people_write(string text, long seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.Seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("+1")]
    [InlineData("1.5s")]
    [InlineData("500ms")]
    [InlineData("10 s")]
    [InlineData("10x")]
    [InlineData("10s5m")]
    [InlineData("5m5m")]
    [InlineData("5m5")]
    [InlineData("99999999999999999999")]
    [InlineData("999999999999d")]
    [InlineData("315576000000d")]
    public void Refuses_anything_else(string text) => Assert.False(DurationText.TryParse(text, out _));
}
