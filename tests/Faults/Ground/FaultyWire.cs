using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Skypunch.Faults.Ground;

/// <summary>How a wire behaves.</summary>
internal enum WireState
{
    /// <summary>The wire carries everything.</summary>
    Sound,

    /// <summary>New connections are refused, and the open connections are broken.</summary>
    Cut,

    /// <summary>New connections are accepted, but nothing passes.</summary>
    Hanging,
}

/// <summary>A TCP proxy between one service and one server, which can be made to fail.</summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly int _serverPort;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Socket _listener;
    private volatile WireState _state;

    /// <summary>Starts the proxy.</summary>
    /// <param name="serverPort">The server's port on this machine.</param>
    public FaultyWire(int serverPort)
    {
        _serverPort = serverPort;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = AcceptAsync();
    }

    /// <summary>The port that the service connects to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>How much later everything arrives.</summary>
    public TimeSpan Delay { get; set; }

    public void Set(WireState state)
    {
        _state = state;
        if (state is WireState.Cut)
        {
            BreakAll();
        }
    }

    /// <summary>Breaks the open connections; new connections work.</summary>
    public void BreakAll()
    {
        foreach (var socket in _open.Keys)
        {
            socket.Close(timeout: 0); // sends a TCP reset
        }
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _state = WireState.Sound; // who hangs in it goes on, and finds its connection broken
        BreakAll();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The wire has been disposed of.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _open[client] = _open[server] = true;
            if (_state is WireState.Cut)
            {
                client.Close(timeout: 0);
                return;
            }

            await server.ConnectAsync(IPAddress.Loopback, _serverPort);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A peer has closed the connection, or the wire was cut.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
            client.Close(timeout: 0);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, TimeProvider.System, CancellationToken.None);
                }

                while (_state is WireState.Hanging)
                {
                    await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
                }

                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A peer has closed the connection, or the wire was cut.
        }
    }
}
