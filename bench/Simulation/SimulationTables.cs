using Skypunch.Bench.Figures;
using static Skypunch.Bench.Reports.MarkdownTable;

namespace Skypunch.Bench.Simulation;

/// <summary>The tables of simulations.</summary>
internal static class SimulationTables
{
    public static string Of(IReadOnlyCollection<SimulationFigures> runs)
        => MarkdownTableOf(
            ["simulated", "on time", "late p50 ms", "p99", "max", "missed", "result to row p99 ms", "keeps up"],
            runs,
            run =>
            [
                Percent(run.OnTimeShare), ValueOf(run.Late, run.Late.P50, 1), ValueOf(run.Late, run.Late.P99, 1), ValueOf(run.Late, run.Late.Max, 1), Number(run.Missed),
                ValueOf(run.UntilFolded, run.UntilFolded.P99, 0), run.KeepsUp ? "yes" : "no",
            ])
        + '\n'
        + MarkdownTableOf(
            ["simulated", "claims/s", "empty", "rows each", "folds/s", "job messages/s", "database busy", "longest queue", "its MB"],
            runs,
            run =>
            [
                Number(run.ClaimsPerSecond, 1), Number(run.EmptyClaimsPerSecond, 1), Number(run.RowsPerClaim), Number(run.ResultMessagesPerSecond),
                Number(run.JobMessagesPerSecond), Percent(Math.Round(run.DatabaseShare, 3)), Number(run.LongestQueue), Number(run.QueueMegabytes, 1),
            ]);

    private static string MarkdownTableOf(string[] head, IReadOnlyCollection<SimulationFigures> runs, Func<SimulationFigures, string[]> cells)
        => Reports.MarkdownTable.Of(head, [.. runs.Select(run => (string[])[NameOf(run.Settings), .. cells(run)])]);

    private static string ValueOf(Distribution some, double milliseconds, int decimals) => Number(some.Count > 0 ? milliseconds : null, decimals);

    private static string Short(double number) => Number(number, number % 1 == 0 ? 0 : 2);

    // The rate, and each setting that differs from its default.
    private static string NameOf(SimulationSettings settings)
    {
        var others = SimulationOption.All
            .Where(option => option.Name is not ("--targets" or "--frequency" or "--schedulers" or "--seconds" or "--probers" or "--seed"))
            .Where(option => !option.Get(settings).Equals(option.Get(new SimulationSettings())))
            .Select(option => $"{option.Name[2..]} {Short(option.Get(settings))}");
        return string.Join(", ", [$"{Number(settings.Rate)}/s", $"schedulers {settings.Schedulers}", .. others]);
    }
}
