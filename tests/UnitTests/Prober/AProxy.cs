using System.Net.Sockets;
using System.Text;

namespace Skypunch.UnitTests.Prober;

/// <summary>
/// An HTTP proxy on the loopback address, with an optional login. It passes all requests on to one server, whatever host they name.
/// </summary>
internal sealed class AProxy : IAsyncDisposable
{
    private readonly RawServer _server;
    private readonly int _target;
    private readonly string? _login;

    /// <param name="target">The port of that server.</param>
    /// <param name="login">"user:password"; null for no login.</param>
    public AProxy(int target, string? login = null)
    {
        _target = target;
        _login = login;
        _server = new RawServer(ServeAsync);
    }

    public int Port => _server.Port;

    /// <summary>The heads of all requests.</summary>
    public List<string> Heads { get; } = [];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(NetworkStream client, CancellationToken cancellationToken)
    {
        var head = await RawServer.ReadRequestAsync(client, cancellationToken);
        lock (Heads)
        {
            Heads.Add(head);
        }

        if (_login is not null && !head.Contains($"\r\nProxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(_login))}\r\n", StringComparison.Ordinal))
        {
            await client.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellationToken);
            return;
        }

        using var server = new TcpClient();
        await server.ConnectAsync("127.0.0.1", _target, cancellationToken);
        var there = server.GetStream();
        if (head.StartsWith("CONNECT ", StringComparison.Ordinal))
        {
            await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), cancellationToken);
        }
        else
        {
            await there.WriteAsync(Encoding.Latin1.GetBytes(head), cancellationToken);
        }

        await Task.WhenAny(client.CopyToAsync(there, cancellationToken), there.CopyToAsync(client, cancellationToken));
    }
}
