using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>Services are stopped as an orchestrator does it, one after the other, and started again, while the others work on.</summary>
public sealed class RestartTests(Grounds grounds)
{
    [Fact]
    public async Task A_rolling_restart_of_all_services_loses_nothing_and_fails_nothing()
    {
        await using var trial = await grounds.TryServicesAsync();

        foreach (var part in trial.System.Parts)
        {
            Assert.Equal(0, await part.TerminateAsync());
            part.StartAgain();
            await part.WaitUntilReadyAsync();
        }

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task The_daemon_is_restarted_and_loses_nothing()
    {
        await using var trial = await grounds.TryDaemonAsync();
        var daemon = trial.System.Parts[0];

        for (var i = 0; i < 2; i++)
        {
            await Budget.PassAsync(1);
            Assert.Equal(0, await daemon.TerminateAsync());
            daemon.StartAgain();
            await daemon.WaitUntilReadyAsync();
        }

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }
}
