using CsCheck;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.UnitTests.Scheduler.History;

public sealed class LatencyCodeTests
{
    private static readonly int[] Percents = [0, 50, 95, 99, 100];

    private static readonly Gen<TimeSpan> AnyTime = Gen.Double[0, Math.Log(600e6)].Select(log => TimeSpan.FromMicroseconds(Math.Exp(log)));

    [Fact]
    public void A_code_tells_the_time_within_5_percent()
        => AnyTime.Sample(time => Math.Abs(LatencyCode.TimeOf(LatencyCode.Of(time)) / time - 1) < LatencyCode.Accuracy + 0.001 || time < TimeSpan.FromMicroseconds(20));

    [Fact]
    public void A_longer_time_has_no_smaller_code()
        => Gen.Select(AnyTime, AnyTime).Sample((a, b) => a <= b == LatencyCode.Of(a) <= LatencyCode.Of(b) || LatencyCode.Of(a) == LatencyCode.Of(b));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(600_000_000, 202)]
    [InlineData(long.MaxValue / 100, 255)]
    public void Every_time_has_a_code(long micros, byte code) => Assert.Equal(code, LatencyCode.Of(TimeSpan.FromMicroseconds(micros)));

    [Fact]
    public void A_percentile_is_within_5_percent_of_the_exact_one() => Gen.Select(AnyTime.Array[1, 200], Gen.Int[0, 4].Select(i => Percents[i])).Sample((times, percent) =>
    {
        var counts = new long[Tally.Codes];
        foreach (var time in times)
        {
            counts[LatencyCode.Of(time)]++;
        }

        var exact = times.Order().ElementAt(Math.Max(1, (int)Math.Ceiling(times.Length * percent / 100m)) - 1);
        return Math.Abs(LatencyCode.Percentile(counts, percent)!.Value / exact - 1) < LatencyCode.Accuracy + 0.001 || exact < TimeSpan.FromMicroseconds(20);
    });

    [Fact]
    public void Of_no_time_there_is_no_percentile() => Assert.Null(LatencyCode.Percentile(new long[Tally.Codes], 50));
}
