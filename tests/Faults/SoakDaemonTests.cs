using Skypunch.Faults.Ground;
using Skypunch.Faults.Soak;

namespace Skypunch.Faults;

/// <summary>Random faults on the daemon, one after the other: all counts agree, and no resource grows.</summary>
[Collection(nameof(OnDaemon))]
public sealed class SoakDaemonTests(Grounds grounds)
{
    [Fact]
    public async Task The_daemon_lasts_under_random_faults() => await SoakTrial.RunAsync(await grounds.TrialOnDaemonAsync(SoakTrial.Watched), grounds.Mail, "daemon");
}
