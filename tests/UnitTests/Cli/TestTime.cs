namespace Skypunch.UnitTests.Cli;

/// <summary>The real clock, in a zone two hours east of UTC.</summary>
internal sealed class TestTime : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test");
}
