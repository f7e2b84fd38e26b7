using System.Globalization;
using Skypunch.Bench.Faults;
using Skypunch.Bench.Figures;
using Skypunch.Bench.Reports;
using Skypunch.Bench.Systems;

namespace Skypunch.Bench.Runs;

/// <summary>
/// The first alert after a start, which nothing has warmed up: the tables and targets are there already, the system starts, and a few probes
/// later a target fails. This is repeated for several starts of the same store.
/// </summary>
internal static class FirstAlertRun
{
    private const int Starts = 5;
    private static readonly TimeSpan MailPatience = TimeSpan.FromSeconds(30);

    public static async Task<RunReport> RunAsync(TestGround ground)
    {
        ground.Say("filling the store");
        await using var system = await ground.StartSystemAsync();
        await system.AddNotifierAsync(ground.Mail.Port);
        await system.AddTargetsAsync(ground.Targets);
        await system.StopAsync();

        var (alerts, facts) = (new List<FirstAlert>(), new Dictionary<string, double>());
        for (var start = 1; start <= Starts; start++)
        {
            var alert = await StartAsync(ground, system, start);
            facts[$"start {start}: answer to mail, ms"] = alert.Delay.TotalMilliseconds;
            alerts.Add(alert);
        }

        facts["ready after, median of the starts, s"] = Median(alerts.Select(alert => alert.Ready.TotalSeconds));
        facts["peak MB of the services, median of the starts"] = Median(alerts.Select(alert => alert.PeakMegabytes));
        return ground.Report() with
        {
            FailureMails = new MailDelays(Starts, alerts.Count, Distribution.Of(alerts.Select(alert => alert.Delay))),
            Facts = facts,
        };
    }

    private static async Task<FirstAlert> StartAsync(TestGround ground, SystemUnderTest system, int start)
    {
        ground.Say($"start {start} of {Starts}");
        var (since, mails) = (TimeProvider.System.GetUtcNow(), await ground.Mail.CountAsync());
        await system.RestartAsync();
        var ready = TimeProvider.System.GetUtcNow() - since;
        await Patience.WaitAsync(ground.Plan.Window);

        await ground.Web.ResetAsync();
        var target = ground.Targets[start - 1].Id;
        await ground.Web.FailAsync(target);
        if (!await MailsAsync(mails + 1))
        {
            throw new BenchException($"No mail came after start {start}.");
        }

        var delay = MailDelays.Of([target], toFailure: true, since, await ground.Web.ArrivalsAsync(), await ground.Mail.MailsAsync()).Delay;
        ground.Say(string.Create(CultureInfo.InvariantCulture, $"ready after {ready.TotalSeconds:0.0} s, the mail after {delay.Max} ms"));
        var peak = system.Parts.Where(part => part.IsOurs).Sum(part => part.PeakMegabytes());
        await ground.Web.PassAllAsync();
        await MailsAsync(mails + 2); // of the recovery, so that the next start finds all targets as they were
        await system.StopAsync();
        return new FirstAlert(ready, TimeSpan.FromMilliseconds(delay.Max), peak);

        Task<bool> MailsAsync(int count) => Patience.UntilAsync(async () => await ground.Mail.CountAsync() >= count, MailPatience);
    }

    private static double Median(IEnumerable<double> figures) => Math.Round(figures.Order().ElementAt(Starts / 2), 2);

    /// <summary>What was seen of one start.</summary>
    /// <param name="Ready">From the start of the processes until all are ready.</param>
    /// <param name="Delay">From the first failing answer to the acceptance of its mail.</param>
    /// <param name="PeakMegabytes">The highest resident memory of Skypunch's processes.</param>
    private sealed record FirstAlert(TimeSpan Ready, TimeSpan Delay, double PeakMegabytes);
}
