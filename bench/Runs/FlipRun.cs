using Skypunch.Bench.Figures;
using Skypunch.Bench.Reports;
using Skypunch.Bench.Systems;

namespace Skypunch.Bench.Runs;

/// <summary>All targets fail at once. When all mails have come, or after a minute, all targets recover at once.</summary>
internal static class FlipRun
{
    private static readonly TimeSpan MailPatience = TimeSpan.FromMinutes(1);

    public static async Task<RunReport> RunAsync(TestGround ground)
    {
        ground.Say("starting Skypunch");
        await using var system = await ground.StartSystemAsync();
        await WatchRun.WarmUpAsync(ground, system);
        await ground.Web.ResetAsync();
        var from = TimeProvider.System.GetUtcNow();

        var (failures, failureSeconds, failureMails) = await FlipAsync(ground, toFailure: true);
        var (recoveries, recoverySeconds, recoveryMails) = await FlipAsync(ground, toFailure: false);

        var window = new Window(from, TimeProvider.System.GetUtcNow());
        var arrivals = await ground.Web.ArrivalsAsync();
        await system.StopAsync();
        var punctuality = Punctuality.Of(ground.Targets, arrivals, window);
        return ground.Report() with
        {
            FailureMails = failures,
            RecoveryMails = recoveries,
            Facts = new Dictionary<string, double>
            {
                ["from the order to fail to the last mail, s"] = failureSeconds,
                ["from the order to recover to the last mail, s"] = recoverySeconds,
                ["mails of failures"] = failureMails,
                ["mails of recoveries"] = recoveryMails,
                ["probes on time meanwhile, %"] = Math.Round(100 * punctuality.OnTimeShare, 2),
                ["lateness p99 meanwhile, ms"] = punctuality.Lateness.P99,
            },
        };
    }

    private static async Task<(MailDelays Delays, double Seconds, int Mails)> FlipAsync(TestGround ground, bool toFailure)
    {
        ground.Say(toFailure ? "all targets fail" : "all targets recover");
        var since = TimeProvider.System.GetUtcNow();
        var expected = await ground.Mail.CountAsync() + ground.Targets.Count;
        await (toFailure ? ground.Web.FailAllAsync() : ground.Web.PassAllAsync());
        await Patience.UntilAsync(async () => await ground.Mail.CountAsync() >= expected, MailPatience);
        var mails = await ground.Mail.MailsAsync();
        var ids = ground.Targets.Select(target => target.Id).ToList();
        var delays = MailDelays.Of(ids, toFailure, since, await ground.Web.ArrivalsAsync(), mails);
        var own = mails.Where(mail => mail.At >= since).ToList();
        var lastMail = own.Select(mail => mail.At).DefaultIfEmpty(since).Max();
        return (delays, Math.Round((lastMail - since).TotalSeconds, 2), own.DistinctBy(mail => mail.Mail).Count());
    }
}
