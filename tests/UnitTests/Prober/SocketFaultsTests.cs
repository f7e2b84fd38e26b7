using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Prober.Http;
using Skypunch.Prober.Tracing;

namespace Skypunch.UnitTests.Prober;

public sealed class SocketFaultsTests
{
    [Theory]
    [InlineData(SocketError.ConnectionRefused, ProbeReasons.ConnectRefused, "connection refused by 192.0.2.1:80")]
    [InlineData(SocketError.TimedOut, ProbeReasons.ConnectTimeout, "no answer to the connection attempt from 192.0.2.1:80")]
    [InlineData(SocketError.HostUnreachable, ProbeReasons.ConnectUnreachable, "host is unreachable: 192.0.2.1:80")]
    [InlineData(SocketError.NetworkUnreachable, ProbeReasons.ConnectUnreachable, "no route to 192.0.2.1:80")]
    [InlineData(SocketError.ConnectionReset, ProbeReasons.ConnectionReset, "connection reset by 192.0.2.1:80")]
    [InlineData(SocketError.AccessDenied, ProbeReasons.ConnectUnreachable, "this machine does not permit a connection to 192.0.2.1:80")]
    [InlineData(SocketError.IsConnected, ProbeReasons.ConnectUnreachable, "connection failed (IsConnected) to 192.0.2.1:80")]
    public void Each_error_has_its_reason_and_words(SocketError error, string reason, string words)
        => Assert.Equal(new ProbeFailure(reason, words), SocketFaults.OfConnect([(IPEndPoint.Parse("192.0.2.1:80"), error)]));

    [Fact]
    public void Several_addresses_are_all_named_and_the_nearest_to_living_gives_the_reason()
    {
        var failure = SocketFaults.OfConnect(
        [
            (IPEndPoint.Parse("[2001:db8::1]:80"), SocketError.NetworkUnreachable),
            (IPEndPoint.Parse("192.0.2.1:80"), SocketError.ConnectionRefused),
            (IPEndPoint.Parse("192.0.2.2:80"), SocketError.ConnectionRefused),
        ]);

        Assert.Equal(
            new ProbeFailure(ProbeReasons.ConnectRefused, "no route to [2001:db8::1]:80; connection refused by 192.0.2.1:80 and 192.0.2.2:80"),
            failure);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, AddressFamily.InterNetwork, true)]
    [InlineData(SocketError.AddressNotAvailable, AddressFamily.InterNetwork, true)]
    [InlineData(SocketError.AddressNotAvailable, AddressFamily.InterNetworkV6, false)]
    [InlineData(SocketError.ConnectionRefused, AddressFamily.InterNetwork, false)]
    public void What_this_machine_ran_out_of_is_not_the_targets_fault(SocketError error, AddressFamily family, bool ours)
        => Assert.Equal(ours, SocketFaults.AreOurs(error, family));

    [Fact]
    public async Task An_address_that_refuses_is_followed_by_the_next()
    {
        await using var server = RawServer.Answering("");
        await using var services = AProbe.Parts().BuildServiceProvider();
        var trace = new ProbeTrace(TimeProvider.System);

        var (socket, failure) = await services.GetRequiredService<TcpConnector>().ConnectAsync(
            [IPAddress.IPv6Loopback, IPAddress.Parse("127.0.0.2"), IPAddress.Loopback],
            server.Port,
            trace,
            TestContext.Current.CancellationToken);

        using (socket)
        {
            Assert.Null(failure);
            Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket!.RemoteEndPoint!).Address);
        }

        Assert.Contains(trace.Write(new SecretMask()), step => step.Text == $"connection refused by 127.0.0.2:{server.Port}");
    }

    [Fact]
    public async Task An_address_that_swallows_packets_does_not_hold_up_the_next()
    {
        await using var server = RawServer.Answering("");
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), server.Port));
        silent.Listen(1);
        using var queued = await FillAsync((IPEndPoint)silent.LocalEndPoint!);
        await using var services = AProbe.Parts().BuildServiceProvider();

        var (socket, _) = await services.GetRequiredService<TcpConnector>().ConnectAsync(
            [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback],
            server.Port,
            new ProbeTrace(TimeProvider.System),
            TestContext.Current.CancellationToken);

        using (socket)
        {
            Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket!.RemoteEndPoint!).Address);
        }
    }

    // When the queue of a listener that accepts nothing is full, the system drops further connections.
    private static async Task<Queue> FillAsync(IPEndPoint address)
    {
        var queue = new Queue();
        try
        {
            while (queue.Sockets.Count < 1000)
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                queue.Sockets.Add(socket);
                await socket.ConnectAsync(address, patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The queue is full.
        }

        Assert.NotEqual(1000, queue.Sockets.Count);
        return queue;
    }

    private sealed class Queue : IDisposable
    {
        public List<Socket> Sockets { get; } = [];

        public void Dispose() => Sockets.ForEach(socket => socket.Dispose());
    }
}
