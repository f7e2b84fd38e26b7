using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Skypunch.Faults.Ground;

/// <summary>
/// A mail server that keeps what it accepts, behaves as its script says, and can go down and come up again on the same port.
/// </summary>
internal sealed class ScriptedMail : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly ConcurrentQueue<AcceptedMail> _accepted = new();
    private Socket? _listener;

    public ScriptedMail() => GoUp();

    public int Port { get; } = ContainerServer.FreePort();

    public MailScript Script { get; set; } = new();

    /// <summary>All mails that the server has accepted, in order.</summary>
    public IReadOnlyCollection<AcceptedMail> Accepted => _accepted;

    public void GoUp()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen();
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    /// <summary>Refuses new connections and breaks the open ones.</summary>
    public void GoDown()
    {
        _listener?.Dispose();
        _listener = null;
        foreach (var socket in _open.Keys)
        {
            socket.Close(timeout: 0);
        }
    }

    public ValueTask DisposeAsync()
    {
        GoDown();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The server has gone down.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        _open[socket] = true;
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var session = new MailSession(stream, () => Script, _accepted.Enqueue);
            await session.RunAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The client has closed the connection, or the server has gone down.
        }
        finally
        {
            _open.TryRemove(socket, out _);
        }
    }
}
