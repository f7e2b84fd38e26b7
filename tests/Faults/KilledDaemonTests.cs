using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>The daemon is killed (SIGKILL), so it cannot tidy up, and started again.</summary>
[Collection(nameof(OnDaemon))]
public sealed class KilledDaemonTests(Grounds grounds)
{
    [Fact]
    public async Task The_daemon_is_killed_again_and_again_and_nothing_is_lost()
    {
        await using var trial = await grounds.TrialOnDaemonAsync();
        var daemon = trial.System.Parts[0];
        var kills = 0;
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Budget.Seconds(10))
        {
            await Budget.PassAsync(TimeSpan.FromSeconds(trial.Random.NextDouble() * 2));
            trial.Strike();
            kills++;
            await daemon.KillAsync();
            daemon.StartAgain();
            await daemon.WaitUntilReadyAsync();
        }

        await trial.FullRateAsync();
        await trial.ReconcileAsync(new Allowance { DoubledMails = kills * Allowed.MailsInFlight(trial) });
    }
}
