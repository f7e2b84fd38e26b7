using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>The daemon is stopped (SIGSTOP) and goes on. No target fails for it, and all targets are probed again at once.</summary>
[Collection(nameof(OnDaemon))]
public sealed class StandstillDaemonTests(Grounds grounds)
{
    [Fact]
    public async Task The_daemon_stands_still_again_and_again_and_no_target_fails()
    {
        await using var trial = await grounds.TrialOnDaemonAsync(Standstill.Plan);

        await Standstill.MakeAsync(trial, 6, trial.System.Parts[0]);

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task Targets_that_fell_due_during_a_standstill_are_probed_at_once_whatever_their_timeout()
    {
        await using var trial = await grounds.TrialOnDaemonAsync(new TrialPlan { Targets = 100, Timeout = 30, Flipping = 0 });

        trial.Strike();
        await ServiceProcess.SignalAsync("STOP", trial.System.Parts);
        await Budget.PassAsync(4);
        await ServiceProcess.SignalAsync("CONT", trial.System.Parts);

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }
}
