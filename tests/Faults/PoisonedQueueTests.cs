using System.Text;
using RabbitMQ.Client;
using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// Unreadable messages come into every queue. They are put aside, and all other messages are processed at their full rate.
/// </summary>
[Collection(nameof(OnServices))]
public sealed class PoisonedQueueTests(Grounds grounds)
{
    private const int Copies = 10;
    private const int LogBytesAMessage = 20_000;
    private const string MassTransitJson = "application/vnd.masstransit+json";

    private static readonly Dictionary<string, string> Types = new()
    {
        ["probe-jobs"] = "ProbeBatch",
        ["probe-results"] = "ProbeResults",
        ["prober-seen"] = "ProberSeen",
        ["status-changes"] = "StatusChangeBatch",
        ["status-changes-stored"] = "StatusChangesStored",
        ["probe-tests"] = "TestProbe",
        ["notices"] = "NoticeBatch",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unreadable_messages_in_every_queue_hold_nothing_up()
    {
        await using var trial = await grounds.TrialOnServicesAsync();
        var services = (ServicesSystem)trial.System;
        var queues = (await QueuesAsync(services)).Where(queue => Types.ContainsKey(queue.Name)).ToList();
        Assert.Equal(Types.Keys.Order(), queues.Select(queue => queue.Name).Order());
        var logged = services.Parts.Sum(part => part.LogBytes);

        var sent = await PoisonAsync(services, trial.Random);

        await trial.FullRateAsync();
        await Eventually.HoldsAsync(
            async () => (await QueuesAsync(services)).Where(queue => Types.ContainsKey(queue.Name)).Sum(queue => queue.Messages) < trial.Targets.Count,
            "the queues are empty again");
        await trial.ReconcileAsync();
        Assert.InRange(services.Parts.Sum(part => part.LogBytes) - logged, 0, (long)sent * LogBytesAMessage);
    }

    private static async Task<int> PoisonAsync(ServicesSystem services, Random random)
    {
        await using var connection = await new ConnectionFactory { Uri = services.Bus.Uri }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        var messages = Types.SelectMany(queue => Bodies(queue.Value).SelectMany(body => Enumerable.Repeat((Queue: queue.Key, Body: body), Copies))).ToArray();
        random.Shuffle(messages);
        foreach (var (queue, body) in messages)
        {
            var properties = new BasicProperties { ContentType = MassTransitJson, DeliveryMode = DeliveryModes.Persistent };
            await channel.BasicPublishAsync("", queue, mandatory: false, properties, Encoding.UTF8.GetBytes(body), Cancellation);
        }

        return messages.Length;
    }

    private static IEnumerable<string> Bodies(string type) =>
    [
        "",
        "no JSON",
        "null",
        "{}",
        $$$"""{"messageType":["urn:message:Skypunch.Contracts:{{{type}}}"],"message":null}""",
        $$$"""{"messageType":["urn:message:Skypunch.Contracts:{{{type}}}"],"message":{}}""",
        $$$"""{"messageType":["urn:message:Skypunch.Contracts:{{{type}}}"],"message":{"jobs":null,"results":null,"changes":null,"notices":null,"prober":null,"name":null}}""",
        $$$"""{"messageType":["urn:message:Skypunch.Contracts:{{{type}}}"],"message":{"jobs":"AAAA","results":"AAAA","changes":[null],"notices":[null],"prober":"x"}}""",
        $$$"""{"messageType":["urn:message:Skypunch.Contracts:{{{type}}}"],"message":{"jobs":"{{{new string('A', 200_000)}}}","results":"{{{new string('A', 200_000)}}}"}}""",
    ];

    private static async Task<List<(string Name, long Messages)>> QueuesAsync(ServicesSystem services)
    {
        var listing = await services.Broker.ControlAsync("list_queues", "--vhost", services.Bus.Name, "--no-table-headers", "name", "messages");
        return [.. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Select(cells => (cells[0], long.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture)))];
    }
}
