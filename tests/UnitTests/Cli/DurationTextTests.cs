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
        Assert.Equal((seconds, 0), (duration.Seconds, duration.Nanos));
    }

    [Theory]
    [InlineData("500ms", 0, 500)]
    [InlineData("1500ms", 1, 500)]
    [InlineData("1.5s", 1, 500)]
    [InlineData("0.25s", 0, 250)]
    [InlineData("1m0.001s", 60, 1)]
    [InlineData("2s20ms", 2, 20)]
    public void Reads_parts_of_a_second(string text, long seconds, int milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal((seconds, milliseconds * 1_000_000), (duration.Seconds, duration.Nanos));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("+1")]
    [InlineData("1.5m")]
    [InlineData("1.5")]
    [InlineData("1.s")]
    [InlineData(".5s")]
    [InlineData("1.5000s")]
    [InlineData("1.5.5s")]
    [InlineData("0.5ms")]
    [InlineData("500ms1s")]
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
