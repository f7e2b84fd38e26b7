using System.Globalization;
using RabbitMQ.Client;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Bus;

/// <summary>A connection to the broker for anybody who knows a password.</summary>
internal sealed class RawBus : IAsyncDisposable
{
    private readonly IConnection _connection;

    private RawBus(IConnection connection, IChannel channel) => (_connection, Channel) = (connection, channel);

    public IChannel Channel { get; }

    public static async Task<RawBus> OpenAsync(VirtualHost bus)
    {
        var connection = await new ConnectionFactory { Uri = bus.Uri }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        return new RawBus(connection, await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            TestContext.Current.CancellationToken));
    }

    /// <summary>Publishes a message to a queue.</summary>
    public Task PutAsync(string queue, Poison poison)
    {
        var properties = new BasicProperties { Headers = new Dictionary<string, object?>() };
        if (poison.ContentType is { } type)
        {
            properties.ContentType = type;
        }

        return Channel.BasicPublishAsync("", queue, mandatory: true, properties, poison.Body, TestContext.Current.CancellationToken).AsTask();
    }

    /// <summary>How many messages each queue has, including those that are delivered but not acknowledged.</summary>
    public static async Task<Dictionary<string, int>> QueuesAsync(RabbitMqBroker broker, VirtualHost bus)
        => (await broker.ControlAsync("list_queues", "--vhost", bus.Name, "--no-table-headers", "name", "messages"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0], cells => int.Parse(cells[1], CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
