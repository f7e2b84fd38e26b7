using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using MySqlConnector;
using RabbitMQ.Client.Exceptions;
using Skypunch.Admin.V1;
using Skypunch.IntegrationTests.Distributed;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Bus;

/// <summary>
/// The database and the broker are stopped, killed and paused. Within five seconds of their return Skypunch works at its full rate, and a
/// stop of a service takes only seconds.
/// </summary>
[Collection(nameof(Alone))]
public sealed partial class RecoveryTests(ITestOutputHelper output)
{
    private const int Targets = 20;

    // Long enough to show whether the pauses between attempts grow beyond the allowed time.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AllowedForStop = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_each_fault_of_the_broker_or_the_database_all_is_back_within_five_seconds()
    {
        await using var stalls = new MachineStalls();
        await using var mySql = new MySqlServer();
        await using var rabbitMq = new RabbitMqBroker();
        await using var server = await WatchedServer.StartAsync();
        await using var system = await DistributedSystem.CreateAsync(mySql, rabbitMq);
        system.Start(schedulers: 2, probers: 3, notifiers: 1);
        await system.WaitUntilReadyAsync();
        await AddTargetsAsync(system, server);

        foreach (var (what, begin, end) in new (string, Func<Task>, Func<Task>)[]
        {
            ("RabbitMQ is stopped", rabbitMq.StopAsync, rabbitMq.RestartAsync),
            ("RabbitMQ is stopped again", rabbitMq.StopAsync, rabbitMq.RestartAsync),
            ("RabbitMQ is killed", rabbitMq.KillAsync, rabbitMq.RestartAsync),
            ("RabbitMQ is paused", rabbitMq.PauseAsync, rabbitMq.ResumeAsync),
            ("MySQL is stopped", mySql.StopAsync, mySql.RestartAsync),
            ("MySQL is killed", mySql.KillAsync, mySql.RestartAsync),
            ("MySQL is paused", mySql.PauseAsync, mySql.ResumeAsync),
        })
        {
            await begin();
            await Task.Delay(Outage, TimeProvider.System, Cancellation); // the duration of the outage
            await end();
            await UntilBothAnswerAsync(system);
            var back = TimeProvider.System.GetUtcNow();
            var probers = await Task.WhenAll(system.Probers.Select(ProbesAsync));
            var folded = await FoldedAsync(system);

            await Eventually.HoldsAsync(() => Paths.All(path => server.Arrivals(path).Any(at => at >= back)), $"{what}: every target is probed again");
            var probed = TimeProvider.System.GetUtcNow() - back;
            await Eventually.HoldsAsync(async () => await FoldedAsync(system) > folded, $"{what}: results are folded again");
            var isFolded = TimeProvider.System.GetUtcNow() - back;
            await Eventually.HoldsAsync(async () => (await Task.WhenAll(system.Probers.Select(ProbesAsync))).Zip(probers).All(p => p.First > p.Second), $"{what}: every Prober probes again");
            var allProbe = TimeProvider.System.GetUtcNow() - back;

            var stalled = 2 * stalls.Longest(back, TimeProvider.System.GetUtcNow());
            output.WriteLine($"{what}: all targets are probed after {probed.TotalSeconds:0.0} s, results are folded after {isFolded.TotalSeconds:0.0} s, all Probers probe after {allProbe.TotalSeconds:0.0} s; the machine stood still for {stalled.TotalSeconds:0.0} s");
            Assert.InRange(allProbe, TimeSpan.Zero, Allowed + stalled);
            await FullRateAsync(server);
        }

        Assert.All(system.Schedulers.Concat(system.Probers), service => Assert.InRange(service.Log.Sum(line => line.Length), 1, 2_000_000));
    }

    [Fact]
    public async Task A_stop_takes_some_seconds_while_the_broker_or_the_database_is_away_too()
    {
        await using var stalls = new MachineStalls();
        await using var mySql = new MySqlServer();
        await using var rabbitMq = new RabbitMqBroker();
        await using var server = await WatchedServer.StartAsync();
        await using var system = await DistributedSystem.CreateAsync(mySql, rabbitMq);
        system.Start(schedulers: 2, probers: 3, notifiers: 1);
        await system.WaitUntilReadyAsync();
        await AddTargetsAsync(system, server);

        await StopsAsync("all is well", stalls, system.Probers[0], system.Schedulers[0]);
        await rabbitMq.StopAsync();
        await Task.Delay(Outage / 2, TimeProvider.System, Cancellation);
        await StopsAsync("RabbitMQ is away", stalls, system.Probers[1], system.Schedulers[1]);
        await rabbitMq.RestartAsync();
        system.Start(schedulers: 1, probers: 0, notifiers: 0);
        await system.Schedulers[2].WaitUntilReadyAsync();
        await mySql.PauseAsync();
        await Task.Delay(Outage / 2, TimeProvider.System, Cancellation);
        await StopsAsync("MySQL is away", stalls, system.Probers[2], system.Schedulers[2], system.Notifiers[0]);
        await mySql.ResumeAsync();
    }

    private static IEnumerable<string> Paths => Enumerable.Range(0, Targets).Select(i => $"/t{i}");

    private static async Task AddTargetsAsync(DistributedSystem system, WatchedServer server)
    {
        foreach (var path in Paths)
        {
            var target = new Target { Name = path[1..], Url = server.Url + path, Frequency = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) };
            await new TargetService.TargetServiceClient(system.Api).CreateTargetAsync(new CreateTargetRequest { Target = target }, cancellationToken: Cancellation);
        }

        await FullRateAsync(server);
    }

    // The fault is over when both servers accept a connection.
    private static async Task UntilBothAnswerAsync(DistributedSystem system)
        => await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    await using var bus = await RawBus.OpenAsync(system.Bus);
                    return await system.AskAsync("SELECT 1") == 1;
                }
                catch (Exception e) when (e is BrokerUnreachableException or MySqlException or OperationInterruptedException)
                {
                    return false;
                }
            },
            "database and broker answer");

    private static async Task FullRateAsync(WatchedServer server)
    {
        var from = TimeProvider.System.GetUtcNow();
        await Eventually.HoldsAsync(() => Paths.All(path => server.Arrivals(path).Count(at => at >= from) >= 3), "every target is probed at its rate");
    }

    private async Task StopsAsync(string when, MachineStalls stalls, params ServiceProcess[] services)
    {
        foreach (var (service, took) in await Task.WhenAll(services.Select(StopAsync)))
        {
            output.WriteLine($"A stop of {service.Name} while {when} took {took.TotalSeconds:0.0} s.");
            var now = TimeProvider.System.GetUtcNow();
            var allowed = AllowedForStop + (2 * stalls.Longest(now - took, now));
            Assert.True(took < allowed, $"A stop of {service.Name} while {when} took {took}:\n{string.Join('\n', service.Log.TakeLast(15))}");
        }
    }

    private static async Task<(ServiceProcess Service, TimeSpan Took)> StopAsync(ServiceProcess service)
    {
        var from = TimeProvider.System.GetTimestamp();
        await service.TerminateAsync();
        return (service, TimeProvider.System.GetElapsedTime(from));
    }

    private static async Task<long> ProbesAsync(ServiceProcess prober) => Sum(await prober.ReadAsync("/metrics"), "skypunch_probes_total");

    private static async Task<long> FoldedAsync(DistributedSystem system)
        => (await Task.WhenAll(system.Schedulers.Select(async scheduler => Sum(await scheduler.ReadAsync("/metrics"), "skypunch_results_folded_total")))).Sum();

    private static long Sum(string metrics, string name)
        => Sample().Matches(metrics).Where(match => match.Groups[1].Value == name).Sum(match => (long)double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(\w+)(?:\{.*\})? ([\d.e+]+)", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
