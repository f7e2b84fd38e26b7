using Skypunch.Contracts;
using Skypunch.Scheduler.Model;

namespace Skypunch.UnitTests.Scheduler;

public sealed class LastProbeTests
{
    private static readonly ProbeResult Result = new()
    {
        TargetId = 1,
        Slot = DateTimeOffset.UnixEpoch,
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromMilliseconds(12.5),
        Reason = ProbeReasons.Ok,
        Description = "OK",
    };

    [Fact]
    public void A_written_text_is_read_again()
    {
        var timings = new ProbeTimings(null, Ms(1), Ms(2), Ms(3), Ms(4), Ms(0.001));
        var end = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

        var read = LastProbe.Read(LastProbe.Write(Result with { StatusCode = 204, CertificateNotAfter = end, Timings = timings }));

        Assert.Equal(new LastProbe(true, Ms(12.5), 204, end, timings), read);
    }

    [Fact]
    public void The_longest_text_fits_into_its_column()
    {
        var long1 = TimeSpan.FromMinutes(5);
        var text = LastProbe.Write(Result with
        {
            Duration = long1,
            StatusCode = 599,
            CertificateNotAfter = DateTimeOffset.MaxValue,
            Timings = new ProbeTimings(long1, long1, long1, long1, long1, long1),
        });

        Assert.InRange(text.Length, 1, LastProbe.Longest);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1;2")]
    public void A_malformed_text_is_ignored(string? text) => Assert.Null(LastProbe.Read(text));

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
