using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>One of several Probers is cut off from its network. No target fails for it, and the notice says what happened.</summary>
[Collection(nameof(OnServices))]
public sealed class CutOffTests(Grounds grounds)
{
    private static readonly TimeSpan Cut = Budget.Seconds(6);

    // Until the broker has moved the share of that Prober to the others, and these use all their places.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task One_of_three_Probers_is_cut_off_and_no_target_fails_nor_goes_without_probes()
    {
        var shim = grounds.ShimOrSkip();
        await using var trial = await grounds.TrialOnServicesAsync(new TrialPlan { Targets = 60 });
        var notices = await CutOff.LastNoticeAsync(trial);

        var usual = await RateAsync(trial);
        trial.Strike();
        shim.Network = ShimNetwork.Unreachable;
        await CutOff.UntilKnownAsync(trial, 1);
        await Budget.PassAsync(Settled);
        var without = await RateAsync(trial);
        Assert.True(without > 0.8 * usual, $"{without:0} probes a second by the other Probers; {usual:0} before.");
        shim.Network = ShimNetwork.Sound;

        await CutOff.UntilKnownAsync(trial, 0);
        await trial.FullRateAsync();

        Assert.Equal(["prober_cut_off", "prober_back"], await CutOff.NoticesAsync(trial, notices));
        await CutOff.UntilToldAsync(trial, grounds.Mail, "the prober ", "the prober ");
        await trial.ReconcileAsync();
    }

    // How many requests a second the targets get.
    private static async Task<double> RateAsync(Trial trial)
    {
        var began = TimeProvider.System.GetTimestamp();
        var before = trial.Targets.Sum(target => target.Page.Asked);
        await Budget.PassAsync(Cut);
        return (trial.Targets.Sum(target => target.Page.Asked) - before) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }
}
