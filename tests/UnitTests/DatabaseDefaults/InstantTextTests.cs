using System.Globalization;
using Skypunch.DatabaseDefaults;

namespace Skypunch.UnitTests.DatabaseDefaults;

public sealed class InstantTextTests
{
    private static readonly DateTimeOffset[] Instants = [.. Random(20_000), DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue, DateTimeOffset.MaxValue];

    [Fact]
    public void An_instant_is_written_as_the_framework_writes_it()
        => Assert.All(Instants, instant => Assert.Equal(
            instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
            InstantText.Of(instant)));

    [Fact]
    public void An_instant_is_read_as_it_was_written()
        => Assert.All(Instants, instant => Assert.Equal((instant.UtcTicks, TimeSpan.Zero), Parts(InstantText.Read(InstantText.Of(instant)))));

    [Fact]
    public void Texts_are_in_the_order_of_their_instants()
        => Assert.Equal(
            Instants.Order().Select(InstantText.Of),
            Instants.Select(InstantText.Of).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("2026-11-24 08:00:00", "08:00:00")]
    [InlineData("2026-11-24 08:00:00.5", "08:00:00.5")]
    [InlineData("2026-11-24 08:00:00.0500000", "08:00:00.05")]
    [InlineData("2026-11-24 08:00:00.000000", "08:00:00")]
    [InlineData("2026-11-24T08:00:00Z", "08:00:00")]
    [InlineData("2026-11-24T08:00:00.25", "08:00:00.25")]
    [InlineData("2026-11-24 08:00", "08:00:00")]
    [InlineData("2026-11-24", "00:00:00")]
    [InlineData(" 2026-11-24 08:00:00 ", "08:00:00")]
    [InlineData("2026-11-24 08:00:00+02:00", "06:00:00")]
    [InlineData("2026-11-24 08:00:00 -01:30", "09:30:00")]
    [InlineData("11/24/2026 08:00:00", "08:00:00")]
    public void Times_that_were_written_by_hand_are_read_too(string text, string time)
        => Assert.Equal(
            new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero) + TimeSpan.Parse(time, CultureInfo.InvariantCulture),
            InstantText.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("never")]
    [InlineData("2026-13-24 08:00:00")]
    [InlineData("2026-00-24 08:00:00")]
    [InlineData("2026-02-29 08:00:00")]
    [InlineData("2026-11-00 08:00:00")]
    [InlineData("2026-11-24 24:00:00")]
    [InlineData("2026-11-24 08:60:00")]
    [InlineData("2026-11-24 08:00:60")]
    [InlineData("0000-11-24 08:00:00")]
    [InlineData("2026-11-24 08:00:0x")]
    [InlineData("2026-11-24 08:00:00.x")]
    [InlineData("2026-11-24 08:00:00,5 and more")]
    [InlineData("-026-11-24 08:00:00")]
    public void Nonsense_is_the_begin_of_1970(string text) => Assert.Equal(DateTimeOffset.UnixEpoch, InstantText.Read(text));

    [Fact]
    public void The_29th_of_February_is_there_in_leap_years()
        => Assert.Equal(new DateTimeOffset(2028, 2, 29, 23, 59, 59, TimeSpan.Zero), InstantText.Read("2028-02-29 23:59:59"));

    private static (long UtcTicks, TimeSpan Offset) Parts(DateTimeOffset instant) => (instant.UtcTicks, instant.Offset);

    // Random instants with fractions of all lengths, in many time zones.
    private static IEnumerable<DateTimeOffset> Random(int count)
    {
        var random = new Random(1);
        for (var i = 0; i < count; i++)
        {
            var unit = (long)Math.Pow(10, random.Next(8));
            var ticks = random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay) / unit * unit;
            yield return new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(random.Next(-840, 841)));
        }
    }
}
