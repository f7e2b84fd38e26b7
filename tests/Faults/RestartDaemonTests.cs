using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>The daemon is stopped as a service manager does it (SIGTERM), and started again.</summary>
[Collection(nameof(OnDaemon))]
public sealed class RestartDaemonTests(Grounds grounds)
{
    [Fact]
    public async Task The_daemon_is_restarted_and_loses_nothing()
    {
        await using var trial = await grounds.TrialOnDaemonAsync();
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
