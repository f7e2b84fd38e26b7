using Skypunch.Bench.Figures;
using Skypunch.Bench.Reports;
using Skypunch.Bench.Systems;
using Skypunch.Bench.WebServer;

namespace Skypunch.Bench.Runs;

/// <summary>
/// A start with many targets. New targets are probed at once, so the first start shows how fast that is. The second start, after a stop and
/// a pause, shows how soon the probes come back and whether they come in a burst.
/// </summary>
internal static class StartRun
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static async Task<RunReport> RunAsync(TestGround ground)
    {
        var facts = new Dictionary<string, double>();
        await FillAsync(ground);
        await StartAsync(ground, "first start", facts, async () => await ground.Web.CountAsync() >= ground.Targets.Count, FirstPatience);
        await Patience.WaitAsync(Pause);
        await StartAsync(ground, "second start", facts, () => Task.FromResult(false), ground.Plan.Window);
        return ground.Report() with { Facts = facts };
    }

    // Puts the targets into the store while the system is stopped. The system runs once before, to create its tables.
    private static async Task FillAsync(TestGround ground)
    {
        ground.Say($"filling the store with {ground.Targets.Count} targets");
        await using var system = await ground.StartSystemAsync();
        await system.AddNotifierAsync(ground.Mail.Port);
        await system.StopAsync();
        await system.AddTargetsAsync(ground.Targets);
    }

    private static async Task StartAsync(
        TestGround ground,
        string name,
        Dictionary<string, double> facts,
        Func<Task<bool>> isOver,
        TimeSpan atMost)
    {
        ground.Say(name);
        await ground.Web.ResetAsync();
        var started = TimeProvider.System.GetUtcNow();
        await using var system = await ground.StartSystemAsync();
        var ready = TimeProvider.System.GetUtcNow();
        await Patience.UntilAsync(isOver, atMost);
        var peak = system.Parts.Where(part => part.IsOurs).Sum(part => part.PeakMegabytes());
        var missed = (await system.StatusAsync()).MissedCount;
        var arrivals = await ground.Web.ArrivalsAsync();
        await system.StopAsync();

        var mean = ground.Plan.Scenario.Rate;
        facts[$"{name}: ready after, s"] = Seconds(ready - started);
        facts[$"{name}: first probe after, s"] = Seconds(arrivals.Select(arrival => arrival.At).DefaultIfEmpty(started).Min() - started);
        facts[$"{name}: probes at the mean rate after, s"] = Seconds(AtMeanRate(arrivals, mean) - started);
        facts[$"{name}: targets probed, %"] = Math.Round(100.0 * arrivals.Select(a => a.TargetId).Distinct().Count() / ground.Targets.Count, 2);
        facts[$"{name}: last of them after, s"] = Seconds(FirstProbes(arrivals).DefaultIfEmpty(started).Max() - started);
        facts[$"{name}: most probes in a second"] = Bursts.MostInASecond(arrivals);
        facts[$"{name}: that as a multiple of the mean"] = Math.Round(Bursts.MostInASecond(arrivals) / mean, 2);
        facts[$"{name}: slots missed in all"] = missed;
        facts[$"{name}: peak MB"] = Math.Round(peak, 1);
    }

    private static IEnumerable<DateTimeOffset> FirstProbes(IEnumerable<Arrival> arrivals)
        => arrivals.GroupBy(arrival => arrival.TargetId).Select(ofTarget => ofTarget.Min(arrival => arrival.At));

    // The end of the first second in which there were 90 % of the mean rate.
    private static DateTimeOffset AtMeanRate(IEnumerable<Arrival> arrivals, double mean)
        => Bursts.FirstBeyond((int)(0.9 * mean), arrivals, TimeSpan.FromSeconds(1)) ?? DateTimeOffset.MaxValue;

    private static double Seconds(TimeSpan time) => time > TimeSpan.FromDays(1) ? -1 : Math.Round(time.TotalSeconds, 2);
}
