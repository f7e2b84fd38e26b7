using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// A process is stopped by SIGSTOP. The stop is long enough that every job it holds expires, and short enough that the broker still counts
/// it as alive. The other processes take over its share within two frequencies, and when the process goes on, no target gets a burst of
/// requests.
/// </summary>
[Collection(nameof(OnServices))]
public sealed class FrozenTests(Grounds grounds)
{
    private const double Seconds = 8; // the longest lease is 2.5 s; RabbitMQ closes a connection after 20 s
    private const double Frequencies = 2; // of 1 s each
    private const double Share = 0.8; // the jobs that the process holds wait for their lease, and a loaded machine may miss a few more

    [Theory]
    [InlineData("Prober 1")]
    [InlineData("Scheduler 1")]
    [InlineData("Notifier 1")]
    public async Task The_others_take_over_the_share_of_a_stopped_process_and_no_target_gets_a_burst_when_it_goes_on(string name)
    {
        await using var trial = await grounds.TrialOnServicesAsync(new TrialPlan { Targets = 60, Timeout = 1, Delay = TimeSpan.FromMilliseconds(100), Notifiers = 1, Flipping = 2 });
        var frozen = trial.System.Parts.Single(part => part.Name == name);
        await Budget.PassAsync(1);

        trial.Strike();
        await ServiceProcess.SignalAsync("STOP", frozen);
        await Budget.PassAsync(TimeSpan.FromSeconds(Frequencies));
        var others = new ForeignLoad(trial.System.Parts);
        var (asked, took) = await AskedAsync(trial, Budget.Seconds(Seconds - Frequencies));
        var slowdown = others.Slowdown;
        await ServiceProcess.SignalAsync("CONT", frozen);
        var (askedAfter, tookAfter) = await AskedAsync(trial, Budget.Seconds(3));

        var (wanted, done) = (took.TotalSeconds * trial.Targets.Count, asked.Sum());
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {done} of {wanted:0} probes were made while it was stopped; afterwards a target got at most {askedAfter.Max()} requests in {tookAfter.TotalSeconds:0.0} s.");
        Assert.True(
            done >= Share * wanted / slowdown,
            $"{done} of {wanted:0} probes were made while {name} was stopped; other programs make everything take {slowdown:0.0} times as long.\n{Evidence.Of(trial.System)}");
        Assert.InRange(askedAfter.Max(), 1, Math.Ceiling(tookAfter.TotalSeconds) + 1 + trial.Strikes); // a probe whose result was lost is made again
        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    // How many requests each target got in the span.
    private static async Task<(List<int> Asked, TimeSpan Took)> AskedAsync(Trial trial, TimeSpan span)
    {
        var began = TimeProvider.System.GetTimestamp();
        var before = trial.Targets.Select(target => target.Page.Asked).ToList();
        await Budget.PassAsync(span);
        return ([.. trial.Targets.Zip(before, (target, asked) => target.Page.Asked - asked)], TimeProvider.System.GetElapsedTime(began));
    }
}
