using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Skypunch.Faults.Ground;

/// <summary>How a wire carries.</summary>
internal enum WireState
{
    /// <summary>As it should.</summary>
    Sound,

    /// <summary>Connections are refused, and the open ones are broken.</summary>
    Cut,

    /// <summary>Connections are accepted, and nothing passes any more.</summary>
    Hanging,
}

/// <summary>A TCP proxy between one service and one server, on which faults are made.</summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly int _serverPort;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Socket _listener;
    private volatile WireState _state;

    /// <summary>Lays a wire.</summary>
    /// <param name="serverPort">The server's port on this machine.</param>
    public FaultyWire(int serverPort)
    {
        _serverPort = serverPort;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = AcceptAsync();
    }

    /// <summary>Where the service connects to.</summary>
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

    /// <summary>Breaks the connections that are open; new ones are carried.</summary>
    public void BreakAll()
    {
        foreach (var socket in _open.Keys)
        {
            socket.Close(timeout: 0); // a reset
        }
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
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
            // It is taken away.
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
            // One of the two has gone, or the wire was cut.
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
            // One of the two has gone, or the wire was cut.
        }
    }
}
