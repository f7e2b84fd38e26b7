using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Distributed;

/// <summary>
/// The database and the broker are not reachable, at the start or later: services wait and report it, and no target fails for it.
/// </summary>
[Collection(nameof(Alone))]
public sealed class OutageTests
{
    // The first text is for a query that still waits, the second for a query that the driver has given up.
    private const string Silence = "database\":{\"status\":\"Unhealthy\",\"description\":\"(has not answered for|The database does not answer)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Services_wait_for_a_database_and_a_broker_and_no_target_fails_while_they_are_away()
    {
        await using var mySql = new MySqlServer();
        await using var rabbitMq = new RabbitMqBroker();
        await using var server = await WatchedServer.StartAsync();
        await using var system = await DistributedSystem.CreateAsync(mySql, rabbitMq);
        await Task.WhenAll(mySql.StopAsync(), rabbitMq.StopAsync());

        system.Start(schedulers: 1, probers: 1, notifiers: 1);
        await WaitsAsync(system.Schedulers[0], "Waiting for the Scheduler database");
        await WaitsAsync(system.Notifiers[0], "Waiting for the Notifier database");
        await WaitsAsync(system.Probers[0], "Waiting for RabbitMQ");
        await Task.WhenAll(mySql.RestartAsync(), rabbitMq.RestartAsync());
        await system.WaitUntilReadyAsync();

        var target = new Target { Name = "x", Url = server.Url + "/x", Frequency = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) };
        await new TargetService.TargetServiceClient(system.Api).CreateTargetAsync(new CreateTargetRequest { Target = target }, cancellationToken: Cancellation);
        await MoreProbesAsync(server);

        await rabbitMq.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, Cancellation); // the duration of the outage
        await rabbitMq.RestartAsync();
        await MoreProbesAsync(server);

        await mySql.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, Cancellation); // the duration of the outage
        await mySql.RestartAsync();
        await MoreProbesAsync(server);

        await Eventually.HoldsAsync(async () => await system.AskAsync("SELECT status = 'PASS' FROM targets") == 1, "the target passes");
        Assert.Equal(0, await system.AskAsync("SELECT fail_count FROM targets"));
        Assert.InRange(await system.AskAsync("SELECT missed_count FROM targets"), 1, 60);
        Assert.InRange(await system.AskAsync("SELECT pass_count FROM targets"), 1, server.Arrivals("/x").Count);
    }

    [Fact]
    public async Task Readiness_is_told_within_a_second_with_its_reason_while_database_and_broker_hang()
    {
        await using var mySql = new MySqlServer();
        await using var rabbitMq = new RabbitMqBroker();
        await using var system = await DistributedSystem.CreateAsync(mySql, rabbitMq);
        system.Start(schedulers: 1, probers: 1, notifiers: 1);
        await system.WaitUntilReadyAsync();

        await Task.WhenAll(mySql.PauseAsync(), rabbitMq.PauseAsync());
        foreach (var service in (ServiceProcess[])[system.Schedulers[0], system.Probers[0], system.Notifiers[0]])
        {
            for (var i = 0; i < 5; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                await service.ReadinessAsync();
                Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(1.5)); // 0.5 s for a busy machine
            }
        }

        // An answer is reused for a second, so the first answers may be from before the pause.
        await Eventually.HoldsAsync(async () => Regex.IsMatch(await system.Schedulers[0].ReadinessAsync(), Silence), "the Scheduler reports that the database does not answer");
        await Eventually.HoldsAsync(async () => Regex.IsMatch(await system.Notifiers[0].ReadinessAsync(), Silence), "the Notifier reports that the database does not answer");
        await Task.WhenAll(mySql.ResumeAsync(), rabbitMq.ResumeAsync());
        await system.WaitUntilReadyAsync();
    }

    private static async Task WaitsAsync(ServiceProcess service, string line)
    {
        await Eventually.HoldsAsync(() => service.Log.Any(logged => logged.Contains(line, StringComparison.Ordinal)), $"the log says '{line}'");
        Assert.Equal(HttpStatusCode.OK, await service.StatusOfAsync("/healthz"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await service.StatusOfAsync("/readyz"));
    }

    private static Task MoreProbesAsync(WatchedServer server)
    {
        var before = server.Arrivals("/x").Count;
        return Eventually.HoldsAsync(() => server.Arrivals("/x").Count > before + 2, "the target is still probed");
    }
}
