using Skypunch.Admin.V1;
using Skypunch.Cli.History;

namespace Skypunch.UnitTests.Cli;

public sealed class ResultBarTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("4 4 4", "▁▁▁")]
    [InlineData("4 4 4 7 13 25 49", "▁▁▁▁▂▃▄")]
    [InlineData("1 1 1 1 1 1.5 3 6 12", "▁▁▁▁▁▂▃▄▅")]
    [InlineData("X X", "██")]
    [InlineData("4 X 4", "▁█▁")]
    [InlineData("4 _4 ___X", "▁·▁···█")]
    [InlineData("0 0", "▁▁")]
    public void A_result_is_a_character(string results, string bar) => Assert.Equal(bar, BarOf(results, 60));

    [Fact]
    public void What_does_not_fit_is_the_oldest()
    {
        Assert.Equal("··█", BarOf("4 4 __X", 3));
        Assert.Equal("█", BarOf("4 4 __X", 1));
    }

    [Fact]
    public void Failures_and_passes_are_told_apart_by_colour_too()
    {
        using var setting = new CliSetting { Environment = { ["LANG"] = "en_US.UTF-8" } };

        var cell = ResultBar.Of(Results("4 4 _X X 4"), setting.Around(TextWriter.Null, TextWriter.Null));

        Assert.Equal([("▁▁", true), ("·", null), ("██", false), ("▁", true)], cell.Parts);
    }

    private static string BarOf(string results, int most)
    {
        using var setting = new CliSetting { Environment = { ["LANG"] = "en_US.UTF-8" } };
        return ResultBar.Of(Results(results), setting.Around(TextWriter.Null, TextWriter.Null), most).Text;
    }

    // A number is a pass and its milliseconds, X a failure, each _ before it a slot that was not probed.
    private static List<RecentResult> Results(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word =>
    {
        var rest = word.TrimStart('_');
        var result = new RecentResult { MissedBeforeCount = word.Length - rest.Length, Passed = rest != "X" };
        result.Latency = result.Passed ? HistorySamples.Milliseconds(double.Parse(rest, System.Globalization.CultureInfo.InvariantCulture)) : null;
        return result;
    })];
}
