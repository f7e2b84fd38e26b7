using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Distributed;

/// <summary>
/// 2 Schedulers, 3 Probers and 2 Notifiers as real processes on MySQL and RabbitMQ, which probe 200 targets every second.
/// </summary>
[Collection(nameof(Alone))]
public sealed class DistributedTests(MySqlServer mySql, RabbitMqBroker rabbitMq, SmtpServer smtp) : IDisposable
{
    private const int Targets = 200;
    private const int Flipped = 10;

    private readonly string _authority = Path.GetTempFileName();

    public void Dispose() => File.Delete(_authority);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_target_is_probed_every_second_and_every_edge_is_one_mail_even_when_a_prober_is_killed()
    {
        await using var stalls = new MachineStalls();
        await using var server = await WatchedServer.StartAsync();
        await using var system = await DistributedSystem.CreateAsync(mySql, rabbitMq);
        system.Start(schedulers: 2, probers: 3, notifiers: 2);
        await system.WaitUntilReadyAsync();
        string[] mailboxes = [SmtpServer.NewAddress(), SmtpServer.NewAddress()];
        await AddNotifiersAsync(system, mailboxes);
        await AddTargetsAsync(system, server);
        await Eventually.HoldsAsync(() => Paths.All(path => server.Arrivals(path).Count > 0), "every target has been probed");

        // Each target is probed every second, and no slot is run twice.
        var (from, to) = await PassAsync(TimeSpan.FromSeconds(10));
        var stalled = (int)Math.Ceiling(stalls.Longest(from, to).TotalSeconds * 2);
        foreach (var path in Paths)
        {
            Assert.InRange(server.Arrivals(path).Count(at => from <= at && at < to), 9 - stalled, 11);
        }

        await StopProbingAsync(system);
        await EveryProbeIsCountedAsync(system, server, untold: 0);
        await ResumeProbingAsync(system, server);
        (from, to) = await PassAsync(TimeSpan.FromSeconds(3));

        // A Prober is killed. The machine itself causes the lateness from before the kill.
        var lateness = Paths.Max(path => LongestGap(server.Arrivals(path), from, to)) - TimeSpan.FromSeconds(1);
        system.Probers[0].Kill();
        (from, to) = await PassAsync(TimeSpan.FromSeconds(6));
        var frequencyAndTimeout = TimeSpan.FromSeconds(2) + lateness + TimeSpan.FromMilliseconds(200) + (2 * stalls.Longest(from, to));
        foreach (var path in Paths)
        {
            Assert.InRange(LongestGap(server.Arrivals(path), from - TimeSpan.FromSeconds(1), to), TimeSpan.Zero, frequencyAndTimeout);
        }

        // Ten targets fail and recover: each notifier gets one mail for each edge.
        await FlipAsync(system, server, mailboxes, down: true, mails: Flipped);
        await FlipAsync(system, server, mailboxes, down: false, mails: 2 * Flipped);

        await StopProbingAsync(system);
        await TheSpreadIsEvenAsync(system);
        await EveryProbeIsCountedAsync(system, server, untold: 1); // the killed Prober may have made a probe whose result is lost
        foreach (var mailbox in mailboxes)
        {
            var subjects = (await smtp.ReceivedAsync(mailbox)).Select(mail => mail.Subject).ToList();
            Assert.Equal(2 * Flipped, subjects.Count);
            Assert.Equal(2 * Flipped, subjects.Distinct().Count());
        }

        foreach (var process in system.Schedulers.Concat(system.Probers.Skip(1)).Concat(system.Notifiers))
        {
            Assert.Equal(0, await process.TerminateAsync());
        }
    }

    private static IEnumerable<string> Paths => Enumerable.Range(0, Targets).Select(i => $"/t{i}");

    private async Task AddNotifiersAsync(DistributedSystem system, string[] mailboxes)
    {
        await File.WriteAllTextAsync(_authority, await smtp.CertificateAuthorityPemAsync(), Cancellation);
        var notifiers = new NotifierService.NotifierServiceClient(system.Api); // through the Scheduler, which passes the call on
        foreach (var mailbox in mailboxes)
        {
            var parameters = $"server={smtp.Host},port={smtp.SubmissionPort},user={SmtpServer.User},password={SmtpServer.Password},from=skypunch@example.org,ca={_authority}";
            await notifiers.CreateNotifierAsync(
                new CreateNotifierRequest { Notifier = new() { Name = mailbox, Address = mailbox, Params = parameters } },
                cancellationToken: Cancellation);
        }
    }

    private static async Task AddTargetsAsync(DistributedSystem system, WatchedServer server)
    {
        var targets = new TargetService.TargetServiceClient(system.Api);
        foreach (var path in Paths.Skip(1))
        {
            var target = new Target { Name = path[1..], Url = server.Url + path, Frequency = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) };
            await targets.CreateTargetAsync(new CreateTargetRequest { Target = target }, cancellationToken: Cancellation);
        }

        // One target is inserted by hand in SQL.
        await system.AskAsync($"INSERT INTO targets (name, url, frequency, timeout) VALUES ('t0', '{server.Url}/t0', 1, 1); SELECT 1");
    }

    private async Task FlipAsync(DistributedSystem system, WatchedServer server, string[] mailboxes, bool down, int mails)
    {
        foreach (var path in Paths.Take(Flipped))
        {
            _ = down ? server.Down.TryAdd(path, true) : server.Down.TryRemove(path, out _);
        }

        foreach (var mailbox in mailboxes)
        {
            await smtp.WaitForAsync(mailbox, mails, TimeSpan.FromSeconds(30));
        }

        await Eventually.HoldsAsync(async () => await system.AskAsync("SELECT COUNT(*) FROM deliveries WHERE state <> 'SENT'") == 0, "every delivery is marked as sent");
        var deliveries = await system.AskAsync("SELECT COUNT(*) FROM deliveries");
        Assert.True(deliveries == mails * mailboxes.Length, $"{deliveries} deliveries instead of {mails * mailboxes.Length}:\n{await system.FailuresAsync()}");
    }

    private static async Task StopProbingAsync(DistributedSystem system)
    {
        await system.AskAsync("UPDATE targets SET enabled = 0; SELECT 1");
        await Eventually.HoldsAsync(async () => await system.AskAsync("SELECT COUNT(*) FROM targets WHERE in_flight_slot_at IS NOT NULL AND in_flight_until > UTC_TIMESTAMP(6)") == 0, "no probe is in flight");
    }

    private static async Task ResumeProbingAsync(DistributedSystem system, WatchedServer server)
    {
        var before = Paths.ToDictionary(path => path, path => server.Arrivals(path).Count);
        await system.AskAsync("UPDATE targets SET enabled = 1, next_probe_at = NULL; SELECT 1");
        await Eventually.HoldsAsync(() => Paths.All(path => server.Arrivals(path).Count > before[path]), "every target is probed again");
    }

    private static async Task TheSpreadIsEvenAsync(DistributedSystem system)
    {
        await Eventually.HoldsAsync(async () => await system.AskAsync("SELECT COUNT(*) FROM probers WHERE running = 0 AND completed > 0") >= 2, "the Probers have reported how many probes they made");
        var share = await system.AskAsync("SELECT CAST(MIN(completed) * 100 / MAX(completed) AS SIGNED) FROM probers WHERE name <> 'prober-1'");
        Assert.InRange(share, 50, 100);
        Assert.Equal(3, await system.AskAsync("SELECT COUNT(*) FROM probers WHERE completed > 0"));
    }

    // A slot that was run twice would show as two requests for one count. Only a result that came too late may be missing; its slot then
    // counts as missed.
    private static async Task EveryProbeIsCountedAsync(DistributedSystem system, WatchedServer server, int untold)
    {
        foreach (var path in Paths)
        {
            var name = path[1..];
            var counted = await system.AskAsync($"SELECT pass_count + fail_count FROM targets WHERE name = '{name}'");
            var missed = await system.AskAsync($"SELECT missed_count FROM targets WHERE name = '{name}'");
            Assert.InRange(server.Arrivals(path).Count - counted, 0, missed + untold);
        }
    }

    private static async Task<(DateTimeOffset From, DateTimeOffset To)> PassAsync(TimeSpan time)
    {
        // This waits for the measured time, not for an event: what happens in it is judged by the web server's own times.
        var from = TimeProvider.System.GetUtcNow();
        await Task.Delay(time, TimeProvider.System, Cancellation);
        return (from, from + time);
    }

    private static TimeSpan LongestGap(IReadOnlyList<DateTimeOffset> arrivals, DateTimeOffset from, DateTimeOffset to)
    {
        var times = arrivals.Where(at => from <= at && at < to).Prepend(from).Append(to).ToList();
        return times.Zip(times.Skip(1), (a, b) => b - a).Max();
    }
}
