using Skypunch.Faults.Ground;

namespace Skypunch.Faults.Soak;

/// <summary>Runs a soak from its begin to its reconciliation.</summary>
internal static class SoakTrial
{
    /// <summary>The targets and notifiers of a soak.</summary>
    public static TrialPlan Watched => new() { Targets = SoakPlan.Read().Targets, Flipping = 5 };

    /// <summary>Runs a soak and writes its table to <c>soak-MODE.md</c>.</summary>
    public static async Task RunAsync(Trial trial, ScriptedMail mail, string mode)
    {
        await using (trial)
        {
            var run = new SoakRun(trial, mail, SoakPlan.Read());
            try
            {
                await run.RunAsync();
            }
            finally
            {
                await KeepAsync(run, mode);
            }

            await trial.ReconcileAsync(new Allowance { DoubledMails = run.DoubledMails });
            Assert.Empty(SoakReport.Grown(run.Samples, trial.Targets));
        }
    }

    private static async Task KeepAsync(SoakRun run, string mode)
    {
        var table = SoakReport.Table(run.Samples);
        TestContext.Current.TestOutputHelper?.WriteLine(table);
        await File.WriteAllTextAsync(Path.Combine(Evidence.Folder, $"soak-{mode}.md"), $"{table}\n{string.Join('\n', run.Log)}\n", CancellationToken.None);
    }
}
