using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;

namespace Skypunch.Cli.History;

/// <summary>
/// Results as a bar, a character each, the newest at the right. A pass is as high as it was slow, by the median of the passes shown: the lowest up to 1.5 times of it, then up
/// to 3, 6 and 12 times, and more. A failure is a full block. A slot that was not probed is a dot in the middle. Without block characters a pass is <c>.</c>, from 3 times the
/// median on <c>+</c>, a failure <c>X</c>, a slot that was not probed <c>_</c>.
/// </summary>
internal static class ResultBar
{
    /// <summary>The most results that a bar has: as many as a target's state has.</summary>
    public const int Longest = 60;

    private const string Blocks = "▁▂▃▄▅";
    private const string Ascii = "..+++";

    /// <summary>What the characters mean, in a line.</summary>
    public static string Legend(Surroundings surroundings) => surroundings.HasBlocks
        ? "▁ passed, higher where slower; █ failed; · not probed; the newest at the right"
        : ". passed, + slower; X failed; _ not probed; the newest at the right";

    /// <summary>The bar as a cell.</summary>
    /// <param name="results">The results, oldest first.</param>
    /// <param name="surroundings">Whether there are block characters.</param>
    /// <param name="most">The most characters, 1 or more; the oldest are left out.</param>
    public static TableCell Of(IReadOnlyList<RecentResult> results, Surroundings surroundings, int most = Longest)
    {
        var median = Median([.. results.Where(result => result.Passed).Select(LatencyOf).Order()]);
        var marks = results.SelectMany(result => MarksOf(result, median, surroundings.HasBlocks, most)).TakeLast(most);
        return TableCell.Of([.. Runs(marks)]);
    }

    private static IEnumerable<(char Mark, bool? Good)> MarksOf(RecentResult result, double median, bool blocks, int most)
    {
        var missed = Enumerable.Repeat<(char, bool?)>((blocks ? '·' : '_', null), (int)Math.Clamp(result.MissedBeforeCount, 0, most));
        return missed.Append(result.Passed ? ((blocks ? Blocks : Ascii)[Level(LatencyOf(result), median)], true) : (blocks ? '█' : 'X', false));
    }

    private static int Level(double latency, double median) => (latency / median) switch
    {
        >= 12 => 4,
        >= 6 => 3,
        >= 3 => 2,
        >= 1.5 => 1,
        _ => 0, // also where no time is known
    };

    private static double LatencyOf(RecentResult result) => result.Latency?.ToTimeSpan().TotalMilliseconds ?? 0;

    private static double Median(double[] sorted) => sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];

    // What has the same colour stands together.
    private static IEnumerable<(string, bool?)> Runs(IEnumerable<(char Mark, bool? Good)> marks)
    {
        var (run, news) = ("", (bool?)null);
        foreach (var (mark, good) in marks)
        {
            if (good != news && run.Length > 0)
            {
                yield return (run, news);
                run = "";
            }

            (run, news) = (run + mark, good);
        }

        if (run.Length > 0)
        {
            yield return (run, news);
        }
    }
}
