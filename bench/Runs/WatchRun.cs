using System.Text.Json;
using Skypunch.Bench.Figures;
using Skypunch.Bench.Processes;
using Skypunch.Bench.Reports;
using Skypunch.Bench.Scenarios;
using Skypunch.Bench.Systems;

namespace Skypunch.Bench.Runs;

/// <summary>
/// Warms up, watches, and then lets some targets fail one after the other. The failures come after the window, so that mails do not count
/// as the cost of probes. Afterwards the bare loop makes the same probes on the same web server.
/// </summary>
internal static class WatchRun
{
    private const int MostFailing = 100;
    private const int Practice = 20;
    private static readonly TimeSpan FailureEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MailPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BareWarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestBareWindow = TimeSpan.FromSeconds(20);

    public static async Task<RunReport> RunAsync(TestGround ground)
    {
        var isAlone = ground.Plan.Scenario.Procedure is Procedure.WatchAlone;
        ground.Say("starting Skypunch");
        var (skypunch, mails) = await WatchSkypunchAsync(ground, withMails: !isAlone);
        return ground.Report() with
        {
            Skypunch = skypunch,
            FailureMails = mails,
            Bare = isAlone ? null : await WatchBareAsync(ground),
        };
    }

    /// <summary>Fills a system that has just started, and waits until its rate is steady.</summary>
    public static async Task WarmUpAsync(TestGround ground, SystemUnderTest system)
    {
        await system.AddNotifierAsync(ground.Mail.Port);
        await system.AddTargetsAsync(ground.Targets);
        ground.Say($"warming up for {ground.Plan.Scenario.WarmUp.TotalSeconds} s");
        await Patience.WaitAsync(ground.Plan.Scenario.WarmUp);
    }

    private static async Task<(Watched Skypunch, MailDelays? Mails)> WatchSkypunchAsync(TestGround ground, bool withMails)
    {
        await using var system = await ground.StartSystemAsync();
        await WarmUpAsync(ground, system);
        ground.Say($"watching for {ground.Plan.Seconds} s");
        var watched = await ground.WatchAsync(ground.Plan.Window, system.Parts, async () => (await system.StatusAsync()).MissedCount);
        var mails = withMails ? await LetSomeFailAsync(ground) : null;
        await system.StopAsync();
        await ground.Web.PassAllAsync();
        return (watched, mails);
    }

    private static async Task<MailDelays> LetSomeFailAsync(TestGround ground)
    {
        var healthy = ground.Targets.Where(target => target.Kind is not TargetKind.Hang).Select(target => target.Id).ToList();
        var failing = healthy.Take(Math.Min(MostFailing, healthy.Count / 2)).ToList();
        await FailAsync(ground, healthy.TakeLast(Practice)); // so that the code that sends mails is compiled
        ground.Say($"{failing.Count} targets fail, ten a second");
        var since = TimeProvider.System.GetUtcNow();
        await FailAsync(ground, failing);
        return MailDelays.Of(failing, toFailure: true, since, await ground.Web.ArrivalsAsync(), await ground.Mail.MailsAsync());
    }

    // Returns when all mails have come, or after MailPatience.
    private static async Task FailAsync(TestGround ground, IEnumerable<int> ids)
    {
        var expected = await ground.Mail.CountAsync();
        foreach (var id in ids)
        {
            await ground.Web.FailAsync(id);
            await Patience.WaitAsync(FailureEvery);
            expected++;
        }

        await Patience.UntilAsync(async () => await ground.Mail.CountAsync() >= expected, MailPatience);
    }

    private static async Task<Watched> WatchBareAsync(TestGround ground)
    {
        var window = ground.Plan.Window < LongestBareWindow ? ground.Plan.Window : LongestBareWindow;
        ground.Say($"the bare loop for {window.TotalSeconds} s");
        var targets = ground.File("targets.json");
        await File.WriteAllTextAsync(targets, JsonSerializer.Serialize(ground.Targets));
        await using var bare = ChildProcess.StartOwn("bare loop", ["bare", targets, ground.Web.AuthorityFile]);
        await bare.HearAsync();
        await Patience.WaitAsync(BareWarmUp);
        return await ground.WatchAsync(window, [new MeasuredPart(bare.Name, bare.Id)], () => Task.FromResult<long?>(null));
    }
}
