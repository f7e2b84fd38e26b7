using Skypunch.Bench.Reports;
using Skypunch.Bench.Scenarios;

namespace Skypunch.Bench.Runs;

/// <summary>Runs the scenarios.</summary>
internal static class Bench
{
    /// <summary>The runs of <c>-- all</c>, which take an hour and a half.</summary>
    private static readonly (string Scenario, Mode Mode, int Seconds)[] Set =
    [
        ("1000x1s", Mode.Standalone, 25),
        ("5000x1s", Mode.Standalone, 25),
        ("10000x10s", Mode.Standalone, 40),
        ("1000x1s", Mode.Distributed, 25),
        ("2000x1s", Mode.Distributed, 25),
        ("half-down", Mode.Standalone, 25),
        ("scale", Mode.Distributed, 15),
        ("start", Mode.Standalone, 60),
        ("first-alert", Mode.Standalone, 10),
        ("first-alert", Mode.Distributed, 10),
        ("idle", Mode.Distributed, 60),
        ("tls", Mode.Standalone, 25),
        ("tls", Mode.Distributed, 25),
        ("tls-spread", Mode.Distributed, 25),
        ("flip", Mode.Standalone, 60),
        ("5000x1s", Mode.Distributed, 25),
        ("half-down", Mode.Distributed, 25),
        ("flip", Mode.Distributed, 60),
        ("slow", Mode.Standalone, 25),
        ("idle", Mode.Standalone, 60),
        ("steady", Mode.Standalone, 120),
    ];

    /// <summary>Runs one scenario and prints the findings: a line of JSON, and tables.</summary>
    public static async Task<RunReport> RunAsync(RunPlan plan)
    {
        await using var ground = await TestGround.StartAsync(plan);
        var report = await (plan.Scenario.Procedure switch
        {
            Procedure.Flip => FlipRun.RunAsync(ground),
            Procedure.Start => StartRun.RunAsync(ground),
            Procedure.FirstAlert => FirstAlertRun.RunAsync(ground),
            Procedure.Scale => ScaleRun.RunAsync(ground),
            _ => WatchRun.RunAsync(ground),
        });
        await Console.Out.WriteLineAsync(ResultFiles.LineOf(report));
        await Console.Out.WriteLineAsync();
        await Console.Out.WriteLineAsync(RunTables.Of([report]));
        return report;
    }

    /// <summary>Runs one scenario, keeps its result, and rewrites the tables from the last result of each run of the set.</summary>
    public static async Task KeepAsync(RunPlan plan)
    {
        await ResultFiles.WriteAsync(await RunAsync(plan));
        var last = await Task.WhenAll(Set.Select(run => ResultFiles.ReadAsync(run.Scenario, run.Mode.ToString().ToLowerInvariant())));
        await ResultFiles.WriteReadmeAsync([.. last.OfType<RunReport>()]);
    }

    /// <summary>Runs the whole set and keeps the results. If a run fails, the others are still made.</summary>
    /// <returns>Whether all runs succeeded.</returns>
    public static async Task<bool> RunAllAsync(int? seconds)
    {
        var reports = new List<RunReport>();
        foreach (var (name, mode, usual) in Set)
        {
            try
            {
                var report = await RunAsync(new RunPlan(ScenarioCatalog.Find(name)!, mode, seconds ?? usual));
                await ResultFiles.WriteAsync(report);
                reports.Add(report);
                await ResultFiles.WriteReadmeAsync(reports);
            }
            catch (Exception e)
            {
                await Console.Error.WriteLineAsync($"{name} {mode}: {e}");
            }
        }

        return reports.Count == Set.Length;
    }
}
