using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// The machine has no free file handles. No target fails for it, and the services recover as soon as there are some again.
/// </summary>
[Collection(nameof(OnServices))]
public sealed class UsedUpTests(Grounds grounds)
{
    [Fact]
    public async Task Services_that_have_no_file_handles_left_for_a_while_lose_nothing()
    {
        await using var trial = await grounds.TrialOnServicesAsync();
        var services = (ServicesSystem)trial.System;

        await Handles.UseUpAsync(trial, services.Schedulers[0], services.Probers[0], services.Notifiers[0]);

        await trial.FullRateAsync();
        await trial.ReconcileAsync(new Allowance { DoubledMails = Allowed.MailsInFlight(trial) });
    }
}
