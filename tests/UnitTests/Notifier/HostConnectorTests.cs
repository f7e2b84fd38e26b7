using System.Net;
using System.Net.Sockets;
using Skypunch.Notifier.Channels;

namespace Skypunch.UnitTests.Notifier;

public sealed class HostConnectorTests
{
    private static readonly HostConnector Connector = new(TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_swallows_packets_costs_a_moment()
    {
        using var swallowing = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        swallowing.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        swallowing.Listen(1);
        var port = ((IPEndPoint)swallowing.LocalEndPoint!).Port;
        using var answering = new TcpListener(IPAddress.Loopback, port);
        answering.Start();
        List<Socket> waiting = [.. Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp))];
        waiting.ForEach(socket => _ = socket.ConnectAsync(IPAddress.IPv6Loopback, port)); // fills the backlog: the system drops further connections
        await Eventually.HoldsAsync(() => waiting.Count(socket => socket.Connected) >= 2, "the listener's queue is full");

        var began = TimeProvider.System.GetTimestamp();
        using var connected = await Connector.ConnectAsync([IPAddress.IPv6Loopback, IPAddress.Loopback], port, Cancellation);

        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)connected.RemoteEndPoint!).Address);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));
        waiting.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task An_address_that_refuses_costs_nothing_and_the_last_refusal_is_reported()
    {
        using var answering = new TcpListener(IPAddress.Loopback, 0);
        answering.Start();
        var port = ((IPEndPoint)answering.LocalEndpoint).Port;

        using var connected = await Connector.ConnectAsync([IPAddress.IPv6Loopback, IPAddress.Loopback], port, Cancellation);
        answering.Stop();
        var refused = await Assert.ThrowsAsync<SocketException>(() => Connector.ConnectAsync([IPAddress.IPv6Loopback, IPAddress.Loopback], port, Cancellation));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task A_name_without_an_address_is_reported()
        => await Assert.ThrowsAsync<SocketException>(() => Connector.ConnectAsync([], 25, Cancellation));
}
