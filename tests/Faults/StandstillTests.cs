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

    [Fact]
    public async Task A_Scheduler_then_a_Notifier_then_all_services_stand_still_and_no_target_fails()
    {
        await using var trial = await grounds.TryServicesAsync(Tight with { Flipping = 2 });
        var services = (ServicesSystem)trial.System;

        await StandStillAsync(trial, 2, services.Schedulers[0]);
        await StandStillAsync(trial, 1, services.Notifiers[0]);
        await StandStillAsync(trial, 2, [.. services.Parts]);

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    private static async Task StandStillAsync(Trial trial, ServiceProcess process)
    {
        await StandStillAsync(trial, 6, process);
        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    private static async Task StandStillAsync(Trial trial, int times, params ServiceProcess[] processes)
    {
        for (var i = 0; i < times; i++)
        {
            trial.Strike();
            await ServiceProcess.SignalAsync("STOP", processes);
            await Budget.PassAsync(Still);
            await ServiceProcess.SignalAsync("CONT", processes);
            await Budget.PassAsync(Still);
        }
    }
}
