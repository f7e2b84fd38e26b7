using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>Processes are stopped and go on: what passed meanwhile is no target's fault.</summary>
public sealed class StandstillTests(Grounds grounds)
{
    // Longer than the timeout; a probe takes a third of it.
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(1.2);
    private static readonly TrialPlan Tight = new() { Targets = 25, Timeout = 1, Delay = TimeSpan.FromMilliseconds(300), Flipping = 0 };

    [Fact]
    public async Task The_daemon_stands_still_again_and_again_and_no_target_fails()
    {
        await using var trial = await grounds.TryDaemonAsync(Tight);

        await StandStillAsync(trial, trial.System.Parts[0]);
    }

    [Fact]
    public async Task A_Prober_stands_still_again_and_again_and_no_target_fails()
    {
        await using var trial = await grounds.TryServicesAsync(Tight);

        await StandStillAsync(trial, ((ServicesSystem)trial.System).Probers[0]);
    }

    private static async Task StandStillAsync(Trial trial, ServiceProcess process)
    {
        for (var i = 0; i < 6; i++)
        {
            trial.Strike();
            await ServiceProcess.SignalAsync("STOP", process);
            await Budget.PassAsync(Still);
            await ServiceProcess.SignalAsync("CONT", process);
            await Budget.PassAsync(Still);
        }

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }
}
