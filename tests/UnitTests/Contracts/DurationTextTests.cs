using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("10s", 10)]
    [InlineData("5m", 300)]
    [InlineData("1h", 3600)]
    [InlineData("1d", 86_400)]
    [InlineData("1h30m", 5400)]
    [InlineData("1d1h1m1s", 90_061)]
    [InlineData("24h", 86_400)]
    [InlineData("315576000000", 315_576_000_000)]
    [InlineData("90", 90)]
    [InlineData("0", 0)]
    public void Durations_as_people_write_them_are_read(string text, long seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("500ms", 0, 500)]
    [InlineData("1500ms", 1, 500)]
    [InlineData("1.5s", 1, 500)]
    [InlineData("0.25s", 0, 250)]
    [InlineData("1m0.001s", 60, 1)]
    [InlineData("2s20ms", 2, 20)]
    public void Parts_of_a_second_are_read(string text, long seconds, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds) + TimeSpan.FromMilliseconds(milliseconds), duration);
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
    [InlineData("10S")]
    [InlineData("500MS")]
    [InlineData("10s\n")]
    [InlineData("10s5m")]
    [InlineData("5m5m")]
    [InlineData("5m5")]
    [InlineData("99999999999999999999")]
    [InlineData("999999999999d")]
    [InlineData("315576000000d")]
    [InlineData("315576000001")]
    [InlineData("79228162514264337593543950335d")]
    public void Anything_else_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1500)]
    [InlineData("1m0.25s", 60_250)]
    [InlineData("1m250ms", 60_250)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("36h", 129_600_000)]
    [InlineData("1h1s", 3_601_000)]
    public void A_duration_is_written_as_it_is_read(string text, long milliseconds)
    {
        var duration = TimeSpan.FromMilliseconds(milliseconds);

        Assert.True(DurationText.TryParse(text, out var read));
        Assert.Equal(duration, read);
        Assert.True(DurationText.TryParse(DurationText.Of(duration), out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(250, "250ms")]
    [InlineData(1500, "1.5s")]
    [InlineData(60_250, "1m250ms")]
    [InlineData(61_250, "1m1.25s")]
    [InlineData(86_400_000, "24h")]
    [InlineData(5_400_000, "1h30m")]
    public void A_duration_is_written_without_units_that_are_zero(long milliseconds, string expected)
        => Assert.Equal(expected, DurationText.Of(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(86_400_000, "1d")]
    [InlineData(7_200_000, "2h")]
    [InlineData(300_000, "5m")]
    [InlineData(90_000, "90s")]
    [InlineData(1000, "1s")]
    [InlineData(1500, "1500ms")]
    public void A_limit_is_told_in_one_unit_and_read_back(int milliseconds, string text)
    {
        Assert.Equal(text, DurationText.InOneUnit(TimeSpan.FromMilliseconds(milliseconds)));
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }
}
