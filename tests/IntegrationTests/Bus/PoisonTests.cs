using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.IntegrationTests.Distributed;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Bus;

/// <summary>
/// Messages that no service can process, in every queue: they are put aside at once, logged and counted, and everything else goes on.
/// </summary>
[Collection(nameof(Alone))]
public sealed partial class PoisonTests(MySqlServer mySql, RabbitMqBroker rabbitMq)
{
    private const int Copies = 3;

    // In characters. A stack trace for each of the many hundred messages would take millions.
    private const int MostLog = 400_000;

    private static readonly (string Queue, Poison[] Poisons)[] Queues =
    [
        ("probe-jobs", [.. Poison.Of("ProbeBatch", "jobs", isPacked: true)]),
        ("probe-tests", [.. Poison.Of("TestProbe", null, isPacked: false)]),
        ("probe-results", [.. Poison.Of("ProbeResults", "results", isPacked: true), Poison.WithEmptyItem("ProbeResults", "results")]),
        ("prober-seen", [.. Poison.Of("ProberSeen", null, isPacked: false)]),
        ("status-changes", [.. Poison.Of("StatusChangeBatch", "changes", isPacked: false)]),
        ("notices", [.. Poison.Of("NoticeBatch", "notices", isPacked: false)]),
        ("status-changes-stored", [.. Poison.Of("StatusChangesStored", "changeIds", isPacked: false)]),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Poison_in_every_queue_is_put_aside_told_and_counted_and_probing_folding_and_announcing_go_on()
    {
        await using var stalls = new MachineStalls();
        await using var server = await WatchedServer.StartAsync();
        await using var system = await DistributedSystem.CreateAsync(mySql, rabbitMq);
        system.Start(schedulers: 1, probers: 1, notifiers: 1);
        await system.WaitUntilReadyAsync();
        await AddTargetAsync(system, server);
        await using var bus = await RawBus.OpenAsync(system.Bus);
        var from = TimeProvider.System.GetUtcNow();
        var others = new ForeignLoad([.. system.Schedulers, .. system.Probers, .. system.Notifiers]);

        foreach (var poison in Queues.SelectMany(q => q.Poisons.SelectMany(poison => Enumerable.Repeat((q.Queue, poison), Copies))))
        {
            await bus.PutAsync(poison.Queue, poison.poison);
        }

        // Answers that no Scheduler waits for. A Scheduler has a queue for answers once it has sent a test.
        await TestAsync(system);
        var answers = (await RawBus.QueuesAsync(rabbitMq, system.Bus)).Keys.Single(queue => queue.StartsWith("answers-", StringComparison.Ordinal));
        foreach (var poison in Poison.Of("TestProbed", null, isPacked: false))
        {
            await bus.PutAsync(answers, poison);
        }

        await Eventually.HoldsAsync(async () => AllAside(await RawBus.QueuesAsync(rabbitMq, system.Bus)), "all poison is put aside and the queues are empty");
        await MoreProbesAsync(server, 3); // each probe comes after the result of the one before was folded
        var to = TimeProvider.System.GetUtcNow();
        Assert.InRange(LongestGap(server.Arrivals("/x"), from, to), TimeSpan.Zero, (TimeSpan.FromSeconds(3) * others.Slowdown) + (2 * stalls.Longest(from, to))); // one slot, and one that a busy machine misses

        // A test is still answered, and an edge still reaches the Notifier, whose answer comes back.
        await TestAsync(system);
        server.Down["/x"] = true;
        await Eventually.HoldsAsync(async () => await system.AskAsync("SELECT COUNT(*) FROM status_changes WHERE to_status = 'FAIL' AND stored_at IS NOT NULL") == 1, "the edge is stored by the Notifier");

        foreach (var (queue, poisons) in Queues)
        {
            var service = queue switch { "probe-jobs" or "probe-tests" => system.Probers[0], "status-changes" or "notices" => system.Notifiers[0], _ => system.Schedulers[0] };
            Assert.Equal(poisons.Length * Copies, Counted(await service.ReadAsync("/metrics"), queue));
            Assert.Contains(service.Log, line => line.Contains($"queue {queue} could not be handled", StringComparison.Ordinal));
        }

        Assert.All(
            system.Schedulers.Concat(system.Probers).Concat(system.Notifiers),
            service => Assert.InRange(service.Log.Sum(line => line.Length), 1, MostLog));
    }

    [Fact]
    public async Task A_batch_that_comes_back_again_and_again_is_put_aside()
    {
        await using var system = await DistributedSystem.CreateAsync(mySql, rabbitMq);
        system.Start(schedulers: 0, probers: 1, notifiers: 0);
        await system.WaitUntilReadyAsync();
        await system.Probers[0].TerminateAsync();
        await using (var dies = await RawBus.OpenAsync(system.Bus))
        {
            await dies.PutAsync("probe-jobs", new Poison("none at all", Poison.Envelope("ProbeBatch", """{"jobs": []}""")));
        }

        for (var returns = 0; returns < 10; returns++)
        {
            await using var dies = await RawBus.OpenAsync(system.Bus);
            await Eventually.HoldsAsync(async () => await dies.Channel.BasicGetAsync("probe-jobs", autoAck: false, Cancellation) is not null, "the batch has come back");
        }

        system.Start(schedulers: 0, probers: 1, notifiers: 0);
        await Eventually.HoldsAsync(
            async () => await RawBus.QueuesAsync(rabbitMq, system.Bus) is var queues && queues["probe-jobs"] == 0 && queues.GetValueOrDefault("probe-jobs_aside") == 1,
            "the batch is put aside");
        Assert.Contains("reason=\"returned\"", await system.Probers[1].ReadAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_put_aside_is_bounded()
    {
        await using var system = await DistributedSystem.CreateAsync(mySql, rabbitMq);
        system.Start(schedulers: 0, probers: 1, notifiers: 0);
        await system.WaitUntilReadyAsync();
        await using var bus = await RawBus.OpenAsync(system.Bus);

        await Task.WhenAll(Enumerable.Range(0, 1200).Select(_ => bus.PutAsync("probe-jobs", new Poison("no JSON", "garbage"u8.ToArray()))));

        await Eventually.HoldsAsync(async () => (await RawBus.QueuesAsync(rabbitMq, system.Bus))["probe-jobs"] == 0, "the queue is empty");
        await Eventually.HoldsAsync(async () => (await RawBus.QueuesAsync(rabbitMq, system.Bus))["probe-jobs_aside"] == 1000, "the thousand newest messages are kept");
        Assert.InRange(system.Probers[0].Log.Sum(line => line.Length), 1, MostLog);
    }

    private static bool AllAside(Dictionary<string, int> queues)
        => Queues.All(q => queues.GetValueOrDefault($"{q.Queue}_aside") == q.Poisons.Length * Copies && queues[q.Queue] <= 1); // 1: a message that is arriving now

    private static long Counted(string metrics, string queue)
        => PutAside().Matches(metrics).Where(match => match.Groups[1].Value == queue).Sum(match => long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    private static async Task AddTargetAsync(DistributedSystem system, WatchedServer server)
    {
        var target = new Target { Name = "x", Url = server.Url + "/x", Frequency = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) };
        await new TargetService.TargetServiceClient(system.Api).CreateTargetAsync(new CreateTargetRequest { Target = target }, cancellationToken: Cancellation);
        await MoreProbesAsync(server, 2);
    }

    private static async Task TestAsync(DistributedSystem system)
        => Assert.True((await new TargetService.TargetServiceClient(system.Api).TestTargetAsync(new TestTargetRequest { Id = 1 }, cancellationToken: Cancellation)).Report.Passed);

    private static Task MoreProbesAsync(WatchedServer server, int more)
    {
        var before = server.Arrivals("/x").Count;
        return Eventually.HoldsAsync(() => server.Arrivals("/x").Count >= before + more, "the target is still probed");
    }

    private static TimeSpan LongestGap(IReadOnlyList<DateTimeOffset> arrivals, DateTimeOffset from, DateTimeOffset to)
    {
        var times = arrivals.Where(at => from <= at && at < to).Prepend(from).Append(to).ToList();
        return times.Zip(times.Skip(1), (a, b) => b - a).Max();
    }

    [GeneratedRegex("""^skypunch_messages_put_aside_total\{.*queue="([^"]+)".*\} (\d+)""", RegexOptions.Multiline)]
    private static partial Regex PutAside();
}
