using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Servers;

public sealed class RabbitMqBrokerTests(RabbitMqBroker rabbit)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_is_published_in_a_virtual_host_can_be_read()
    {
        await using var connection = await OpenAsync(await rabbit.CreateVirtualHostAsync());
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        var queue = await channel.QueueDeclareAsync("probes", durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);

        await channel.BasicPublishAsync("", queue.QueueName, Encoding.UTF8.GetBytes("probe this"), Token);

        var message = await channel.BasicGetAsync(queue.QueueName, autoAck: true, Token);
        Assert.Equal("probe this", Encoding.UTF8.GetString(message!.Body.Span));
    }

    [Fact]
    public async Task Two_virtual_hosts_do_not_share_queues()
    {
        await using var one = await OpenAsync(await rabbit.CreateVirtualHostAsync());
        await using var other = await OpenAsync(await rabbit.CreateVirtualHostAsync());
        await using var channel = await one.CreateChannelAsync(cancellationToken: Token);
        await channel.QueueDeclareAsync("probes", durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);

        await using var stranger = await other.CreateChannelAsync(cancellationToken: Token);

        await Assert.ThrowsAsync<OperationInterruptedException>(() => stranger.QueueDeclarePassiveAsync("probes", Token));
    }

    [Fact]
    public async Task A_stopped_broker_refuses_and_keeps_its_port_and_virtual_hosts()
    {
        await using var own = new RabbitMqBroker();
        var host = await own.CreateVirtualHostAsync();

        await own.StopAsync();
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => OpenAsync(host));
        await own.RestartAsync();

        await using var after = await OpenAsync(host);
        Assert.True(after.IsOpen);
    }

    private static Task<IConnection> OpenAsync(VirtualHost host)
        => new ConnectionFactory { Uri = host.Uri }.CreateConnectionAsync(Token);
}
