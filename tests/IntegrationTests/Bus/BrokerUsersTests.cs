using Google.Protobuf.WellKnownTypes;
using RabbitMQ.Client;
using Skypunch.Admin.V1;
using Skypunch.IntegrationTests.Deployment;
using Skypunch.IntegrationTests.Distributed;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Bus;

/// <summary>The broker's users and permissions that <c>deploy/make-secrets</c> creates, on a real broker.</summary>
[Collection(nameof(Alone))]
public sealed class BrokerUsersTests(MySqlServer mySql) : IDisposable
{
    private static readonly (string User, string[] Own)[] Users =
    [
        ("scheduler", ["probe-results", "prober-seen", "status-changes-stored"]),
        ("prober", ["probe-jobs", "probe-tests"]),
        ("notifier", ["status-changes", "notices"]),
    ];

    private readonly string _secrets = Directory.CreateTempSubdirectory("skypunch-secrets-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_secrets, recursive: true);

    [Fact]
    public async Task Each_service_can_do_what_it_needs_and_nothing_with_the_queues_of_others()
    {
        await new Tool(Path.Combine(Tool.Sources, "deploy", "make-secrets")).DoAsync(_secrets);
        await using var broker = new RabbitMqBroker();
        await broker.ImportDefinitionsAsync(Path.Combine(_secrets, "rabbitmq-definitions.json"));
        await using var server = await WatchedServer.StartAsync();
        await using var system = await DistributedSystem.CreateAsync(mySql, broker.Enter("scheduler", Password("scheduler"), "/"));
        system.Extra = (service, _) =>
        [
            KeyValuePair.Create("RabbitMq__User", service.ToLowerInvariant()),
            KeyValuePair.Create("RabbitMq__Pass", Password(service.ToLowerInvariant())),
        ];
        system.Start(schedulers: 1, probers: 1, notifiers: 1);
        await system.WaitUntilReadyAsync();

        // Every kind of message is sent once: a job, a result, a sign of life, a test and its answer, a change and its answer, and a
        // message put aside.
        var targets = new TargetService.TargetServiceClient(system.Api);
        var target = new Target { Name = "x", Url = server.Url + "/x", Frequency = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) };
        await targets.CreateTargetAsync(new CreateTargetRequest { Target = target }, cancellationToken: Cancellation);
        Assert.True((await targets.TestTargetAsync(new TestTargetRequest { Id = 1 }, cancellationToken: Cancellation)).Report.Passed);
        await Eventually.HoldsAsync(async () => await system.AskAsync("SELECT COUNT(*) FROM targets WHERE status = 'PASS'") == 1, "the target passes");
        server.Down["/x"] = true;
        await Eventually.HoldsAsync(async () => await system.AskAsync("SELECT COUNT(*) FROM status_changes WHERE to_status = 'FAIL' AND stored_at IS NOT NULL") == 1, "the change is stored");
        await Eventually.HoldsAsync(async () => await system.AskAsync("SELECT COUNT(*) FROM probers") == 1, "the Prober is seen");
        foreach (var (user, own) in Users)
        {
            foreach (var queue in own)
            {
                await using var bus = await RawBus.OpenAsync(broker.Enter(user, Password(user), "/"));
                await bus.Channel.BasicPublishAsync(queue, "", mandatory: true, new BasicProperties(), "garbage"u8.ToArray(), Cancellation);
                await Eventually.HoldsAsync(async () => (await RawBus.QueuesAsync(broker, system.Bus)).GetValueOrDefault($"{queue}_aside") == 1, $"{user} puts aside what it cannot read");
            }
        }

        foreach (var (user, own) in Users)
        {
            foreach (var queue in Users.SelectMany(one => one.Own).Except(own))
            {
                await IsRefusedAsync(broker, user, channel => channel.BasicGetAsync(queue, autoAck: true, Cancellation));
                await IsRefusedAsync(broker, user, channel => channel.BasicGetAsync($"{queue}_aside", autoAck: true, Cancellation));
                await IsRefusedAsync(broker, user, channel => channel.QueueDeleteAsync(queue, cancellationToken: Cancellation));
                await IsRefusedAsync(broker, user, channel => channel.BasicPublishAsync(queue, "", mandatory: true, new BasicProperties(), "garbage"u8.ToArray(), Cancellation).AsTask());
            }

            await IsRefusedAsync(broker, user, channel => channel.QueueDeclareAsync("mine", cancellationToken: Cancellation));
        }

        foreach (var user in new[] { "prober", "notifier" })
        {
            await IsRefusedAsync(broker, user, channel => channel.ExchangeBindAsync("probe-jobs", "Skypunch.Contracts:ProbeResults", "", cancellationToken: Cancellation));
        }

        await IsRefusedAsync(broker, "prober", channel => channel.BasicPublishAsync("Skypunch.Contracts:StatusChangeBatch", "", mandatory: true, new BasicProperties(), "garbage"u8.ToArray(), Cancellation).AsTask());
    }

    private string Password(string user) => File.ReadAllText(Path.Combine(_secrets, $"rabbitmq-{user}"));

    private async Task IsRefusedAsync(RabbitMqBroker broker, string user, Func<IChannel, Task> act)
    {
        await using var bus = await RawBus.OpenAsync(broker.Enter(user, Password(user), "/"));
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => act(bus.Channel));
        Assert.Contains("ACCESS_REFUSED", refused.ToString(), StringComparison.Ordinal);
    }
}
