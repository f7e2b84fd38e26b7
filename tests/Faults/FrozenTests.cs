using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// A process stands still for so long (SIGSTOP) that it has lost all it was given, and so short that the broker takes it for alive all the time. The others have its share within two frequencies, and when it goes on
/// nobody is asked in a crowd.
/// </summary>
public sealed class FrozenTests(Grounds grounds)
{
    private const double Seconds = 15;
    private const double Frequencies = 2; // of a second each
    private const double Share = 0.8; // what is in the process's hands waits for its lease; the machine may miss some, too

    [Theory]
    [InlineData("Prober 1")]
    [InlineData("Scheduler 1")]
    [InlineData("Notifier 1")]
    public async Task The_others_have_its_share_and_nobody_is_asked_in_a_crowd_afterwards(string name)
    {
        await using var trial = await grounds.TryServicesAsync(new TrialPlan { Targets = 60, Timeout = 1, Delay = TimeSpan.FromMilliseconds(100), Notifiers = 1, Flipping = 2 });
        var frozen = trial.System.Parts.Single(part => part.Name == name);
        await Budget.PassAsync(1);

        trial.Strike();
        await ServiceProcess.SignalAsync("STOP", frozen);
        await Budget.PassAsync(TimeSpan.FromSeconds(Frequencies));
        var (asked, took) = await AskedAsync(trial, Budget.Seconds(Seconds - Frequencies));
        await ServiceProcess.SignalAsync("CONT", frozen);
        var (askedAfter, tookAfter) = await AskedAsync(trial, Budget.Seconds(3));

        var (wanted, done) = (took.TotalSeconds * trial.Targets.Count, asked.Sum());
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {done} of {wanted:0} probes were made while it stood still; afterwards a target was asked {askedAfter.Max()} times in {tookAfter.TotalSeconds:0.0} s at the most.");
        Assert.True(done >= Share * wanted, $"{done} of {wanted:0} probes were made while {name} stood still.\n{Evidence.Of(trial.System)}");
        Assert.InRange(askedAfter.Max(), 1, Math.Ceiling(tookAfter.TotalSeconds) + 1 + trial.Strikes); // a probe that was lost is made again
        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    // How often each target was asked in the span.
    private static async Task<(List<int> Asked, TimeSpan Took)> AskedAsync(Trial trial, TimeSpan span)
    {
        var began = TimeProvider.System.GetTimestamp();
        var before = trial.Targets.Select(target => target.Page.Asked).ToList();
        await Budget.PassAsync(span);
        return ([.. trial.Targets.Zip(before, (target, asked) => target.Page.Asked - asked)], TimeProvider.System.GetElapsedTime(began));
    }
}
