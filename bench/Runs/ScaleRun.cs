using Skypunch.Bench.Faults;
using Skypunch.Bench.Figures;
using Skypunch.Bench.Reports;
using Skypunch.Bench.Systems;

namespace Skypunch.Bench.Runs;

/// <summary>
/// There are more slow targets than four Probers with few places can probe, so that the limit is the places and not the CPU. The run
/// measures the rate with 1, 2 and 4 Probers, how soon a Prober that joins takes work, and whether a Prober that leaves loses jobs that the
/// others could have done.
/// </summary>
internal static class ScaleRun
{
    private const int Places = 100;

    // So many targets that three Probers can do them all: 125 of the 150 probes a second that three Probers can make.
    private const int FewTargets = 1250;

    private static readonly TimeSpan EachTakes = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(6);

    // A lost job is counted when its lease has ended (three waits of 5 s, and the timeout of 5 s) and its target is claimed again.
    private static readonly TimeSpan UntilCounted = TimeSpan.FromSeconds(32);

    public static async Task<RunReport> RunAsync(TestGround ground)
    {
        if (ground.Plan.Mode is not Mode.Distributed)
        {
            throw new BenchException("'scale' needs --mode distributed: skypunchd has one Prober.");
        }

        ground.Say("starting Skypunch with one Prober");
        await using var system = await DistributedSystem.StartAsync(KeyValuePair.Create("Prober__MaxConcurrentProbes", $"{Places}"));
        await WatchRun.WarmUpAsync(ground, system);
        var facts = new Dictionary<string, double> { ["asked, probes/s"] = ground.Plan.Scenario.Rate };
        var one = await RateAsync(ground, facts, probers: 1);
        facts["second Prober: first work after it was ready, s"] = await JoinAsync(ground, system, probers: 1);
        var two = await RateAsync(ground, facts, probers: 2);
        facts["third Prober: first work after it was ready, s"] = await JoinAsync(ground, system, probers: 2);
        facts["fourth Prober: first work after it was ready, s"] = await JoinAsync(ground, system, probers: 3);
        var four = await RateAsync(ground, facts, probers: 4);
        facts["two against one"] = Math.Round(two / one, 2);
        facts["four against one"] = Math.Round(four / one, 2);
        facts["slots missed when one of four leaves"] = await LeaveAsync(ground, system);
        await system.StopAsync();
        return ground.Report() with { Facts = facts };
    }

    private static async Task<double> RateAsync(TestGround ground, Dictionary<string, double> facts, int probers)
    {
        await Patience.WaitAsync(Settling);
        ground.Say($"{probers} at work for {ground.Plan.Seconds} s");
        var before = await ground.Web.CountAsync();
        var began = TimeProvider.System.GetTimestamp();
        await Patience.WaitAsync(ground.Plan.Window);
        var done = await ground.Web.CountAsync() - before;
        var rate = Math.Round(done / TimeProvider.System.GetElapsedTime(began).TotalSeconds, 1);
        facts[$"done by {probers}, probes/s"] = rate;
        return rate;
    }

    // The new Prober is at work when more requests are under way than the others have places for. A negative time means that it was at work
    // before
    // it reported that it was ready; -1 means that it never was at work.
    private static async Task<double> JoinAsync(TestGround ground, DistributedSystem system, int probers)
    {
        ground.Say("one more Prober");
        await ground.Web.ResetAsync();
        await system.AddProberAsync();
        var ready = TimeProvider.System.GetUtcNow();
        await Patience.WaitAsync(Settling);
        var beyond = Bursts.FirstBeyond(probers * Places, await ground.Web.ArrivalsAsync(), EachTakes * 0.98);
        return beyond is { } at ? Math.Round((at - ready).TotalSeconds, 2) : -1;
    }

    private static async Task<long> LeaveAsync(TestGround ground, DistributedSystem system)
    {
        await system.ExecuteAsync($"UPDATE targets SET enabled = 0 WHERE id > {FewTargets}");
        await Patience.WaitAsync(UntilCounted); // until the slots missed before are counted
        ground.Say("one Prober leaves");
        var missed = (await system.StatusAsync()).MissedCount;
        await system.RemoveProberAsync();
        await Patience.WaitAsync(UntilCounted);
        return (await system.StatusAsync()).MissedCount - missed;
    }
}
