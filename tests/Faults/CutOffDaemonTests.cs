using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// The only Prober is cut off from its network, so all targets fail at once. The operator gets one message that says exactly this.
/// </summary>
[Collection(nameof(OnDaemon))]
public sealed class CutOffDaemonTests(Grounds grounds)
{
    [Fact]
    public async Task The_only_Prober_is_cut_off_and_its_operator_is_told_once()
    {
        var shim = grounds.ShimOrSkip();
        await using var trial = await grounds.TrialOnDaemonAsync(new TrialPlan { Flipping = 0 });
        var notices = await CutOff.LastNoticeAsync(trial);

        trial.Strike();
        shim.Network = ShimNetwork.Unreachable;
        await CutOff.UntilToldAsync(trial, grounds.Mail, "all 30 targets fail at once");
        await Budget.PassAsync(8);
        shim.Network = ShimNetwork.Sound;

        await CutOff.UntilKnownAsync(trial, 0);
        await trial.FullRateAsync();

        Assert.Equal(["all_fail", "prober_back"], await CutOff.NoticesAsync(trial, notices));
        await CutOff.UntilToldAsync(trial, grounds.Mail, "all 30 targets fail at once", "the prober ");
        await trial.ReconcileAsync();
    }
}
