using Skypunch.Faults.Ground;
using Skypunch.Faults.Soak;

namespace Skypunch.Faults;

/// <summary>Random faults from a seed, one after the other, for as long as is asked for: everything reconciles, and nothing grows.</summary>
public sealed class SoakTests(Grounds grounds)
{
    private readonly SoakPlan _plan = SoakPlan.Read();

    private TrialPlan TrialPlan => new() { Targets = _plan.Targets, Flipping = 5 };

    [Fact]
    public async Task The_daemon_lasts_under_random_faults() => await SoakAsync(await grounds.TryDaemonAsync(TrialPlan), "daemon");

    [Fact]
    public async Task The_services_last_under_random_faults() => await SoakAsync(await grounds.TryServicesAsync(TrialPlan), "services");

    private async Task SoakAsync(Trial trial, string mode)
    {
        await using (trial)
        {
            var run = new SoakRun(trial, grounds.Mail, _plan);
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
