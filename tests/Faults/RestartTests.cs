using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// Services are stopped as an orchestrator does it (SIGTERM) and started again, one after the other, while the others go on working.
/// </summary>
[Collection(nameof(OnServices))]
public sealed class RestartTests(Grounds grounds)
{
    [Fact]
    public async Task A_rolling_restart_of_all_services_loses_nothing_and_fails_nothing()
    {
        var services = await grounds.ServicesAsync();
        await using var trial = await grounds.TrialOnServicesAsync();

        foreach (var part in trial.System.Parts)
        {
            Assert.Equal(0, await part.TerminateAsync());
            part.StartAgain();
            await part.WaitUntilReadyAsync();
        }

        await trial.FullRateAsync();
        await trial.ReconcileAsync(new Allowance { Handovers = services.Schedulers.Count + services.Probers.Count });
    }
}
