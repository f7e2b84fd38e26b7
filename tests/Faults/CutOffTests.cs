using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>A Prober is cut off from its network: that is no target's fault, and is told as what it is.</summary>
public sealed class CutOffTests(Grounds grounds)
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5); // the broker has brought its share to the others, whose places fill

    [Fact]
    public async Task One_of_three_Probers_is_cut_off_and_no_target_fails_nor_goes_without_probes()
    {
        Assert.SkipWhen(grounds.ProberShim is null, "There is no C compiler.");
        await using var trial = await grounds.TryServicesAsync(new TrialPlan { Targets = 60 });
        var notices = await LastNoticeAsync(trial);

        var usual = await RateAsync(trial);
        trial.Strike();
        grounds.ProberShim.Network = ShimNetwork.Unreachable;
        try
        {
            await CutOffAsync(trial, 1);
            await Budget.PassAsync(Settled);
            var without = await RateAsync(trial);
            Assert.True(without > 0.8 * usual, $"{without:0} probes a second by the others, and {usual:0} before.");
        }
        finally
        {
            grounds.ProberShim.Network = ShimNetwork.Sound;
        }

        await CutOffAsync(trial, 0);
        await trial.FullRateAsync();

        Assert.Equal(["prober_cut_off", "prober_back"], await NoticesAsync(trial, notices));
        await ToldAsync(trial, "the prober ", "the prober ");
        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task The_only_Prober_is_cut_off_and_its_operator_is_told_once()
    {
        using var shim = Shim.MakeOrSkip();
        await using var system = await DaemonSystem.StartAsync(settings: shim.Settings(keptPorts: [grounds.Mail.Port]));
        await using var trial = await grounds.TryAsync(system, new TrialPlan { Flipping = 0 });

        trial.Strike();
        shim.Network = ShimNetwork.Unreachable;
        await ToldAsync(trial, "all 30 targets fail at once");
        await Budget.PassAsync(Cut);
        shim.Network = ShimNetwork.Sound;

        await CutOffAsync(trial, 0);
        await trial.FullRateAsync();

        Assert.Equal(["all_fail", "prober_back"], await NoticesAsync(trial, after: 0));
        await ToldAsync(trial, "all 30 targets fail at once", "the prober ");
        await trial.ReconcileAsync();
    }

    // Probes a second that come to the targets.
    private static async Task<double> RateAsync(Trial trial)
    {
        var before = trial.Targets.Sum(target => target.Page.Asked);
        await Budget.PassAsync(Cut - Settled);
        return (trial.Targets.Sum(target => target.Page.Asked) - before) / (Cut - Settled).TotalSeconds;
    }

    private static Task CutOffAsync(Trial trial, int probers) => Eventually.HoldsAsync(
        async () => await Trial.PatientAsync(() => trial.System.CountAsync("SELECT COUNT(*) FROM probers WHERE cut_off_since IS NOT NULL")) == probers,
        $"{probers} Probers are cut off");

    private static Task<long> LastNoticeAsync(Trial trial) => trial.System.CountAsync("SELECT MAX(id) FROM notices");

    private static async Task<List<string>> NoticesAsync(Trial trial, long after)
        => await trial.System.AskAsync($"SELECT kind FROM notices WHERE id > {after} ORDER BY id", row => row.GetString(0));

    // To each notifier one mail for each, which begins like that.
    private async Task ToldAsync(Trial trial, params string[] subjects)
    {
        foreach (var (_, mailbox) in trial.Notifiers)
        {
            string[] Mails() => [.. grounds.Mail.Accepted.Where(mail => mail.Recipient == mailbox && mail.Subject.Contains(" notice: ", StringComparison.Ordinal)).Select(mail => mail.Subject)];
            await Eventually.HoldsAsync(() => Mails().Length >= subjects.Length, $"{mailbox} is told");
            Assert.Collection(Mails(), [.. subjects.Select(subject => (Action<string>)(mail => Assert.StartsWith($"Skypunch notice: {subject}", mail, StringComparison.Ordinal)))]);
        }
    }
}
