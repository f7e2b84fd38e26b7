using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>Services are stopped (SIGSTOP) and go on, one alone or all at once. No target fails for it.</summary>
[Collection(nameof(OnServices))]
public sealed class StandstillTests(Grounds grounds)
{
    [Fact]
    public async Task A_Prober_stands_still_again_and_again_and_no_target_fails()
    {
        await using var trial = await grounds.TrialOnServicesAsync(Standstill.Plan);

        await Standstill.MakeAsync(trial, 4, ((ServicesSystem)trial.System).Probers[0]);

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task A_Scheduler_then_a_Notifier_then_all_services_stand_still_and_no_target_fails()
    {
        await using var trial = await grounds.TrialOnServicesAsync(Standstill.Plan with { Flipping = 2 });
        var services = (ServicesSystem)trial.System;

        await Standstill.MakeAsync(trial, 1, services.Schedulers[0]);
        await Standstill.MakeAsync(trial, 1, services.Notifiers[0]);
        await Standstill.MakeAsync(trial, 2, services.Parts);

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }
}
