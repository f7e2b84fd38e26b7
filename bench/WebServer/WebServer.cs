using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Skypunch.Bench.WebServer;

/// <summary>
/// The web server that is probed. It implements as little of HTTP/1.1 as possible, so that it takes little CPU time from what is measured.
/// It notes when each request came.
/// </summary>
internal sealed class WebServer(ArrivalLog arrivals, FailingTargets failing, TimeProvider clock)
{
    private const int LongestRequest = 8 * 1024;

    // The kernel refuses connections that wait to be accepted beyond this number.
    private const int Backlog = 4096;

    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(2);
    private static readonly byte[] Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n"u8.ToArray();
    private static readonly byte[] Failure =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\ndown\n"u8.ToArray();

    /// <summary>Starts to listen.</summary>
    /// <param name="tls">The settings of TLS; null for plain HTTP.</param>
    /// <returns>The port.</returns>
    public int Listen(SslServerAuthenticationOptions? tls = null)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(Backlog);
        _ = AcceptAsync(listener, tls);
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private async Task AcceptAsync(Socket listener, SslServerAuthenticationOptions? tls)
    {
        while (true)
        {
            var socket = await listener.AcceptAsync();
            socket.NoDelay = true;
            _ = ServeAsync(new NetworkStream(socket, ownsSocket: true), tls);
        }
    }

    private async Task ServeAsync(Stream stream, SslServerAuthenticationOptions? tls)
    {
        try
        {
            if (tls is not null)
            {
                var secure = new SslStream(stream);
                stream = secure;
                await secure.AuthenticateAsServerAsync(tls);
            }

            await AnswerAllAsync(stream);
        }
        catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone.
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private async Task AnswerAllAsync(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LongestRequest);
        try
        {
            var filled = 0;
            while (true)
            {
                int length;
                while ((length = RequestPath.TryRead(buffer.AsSpan(0, filled), out var path)) > 0)
                {
                    await AnswerAsync(stream, path);
                    buffer.AsSpan(length, filled - length).CopyTo(buffer);
                    filled -= length;
                }

                var count = await stream.ReadAsync(buffer.AsMemory(filled));
                filled += count;
                if (count == 0 || filled == buffer.Length)
                {
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask AnswerAsync(Stream stream, RequestPath path)
    {
        var fails = failing.Includes(path.TargetId);
        arrivals.Add(new Arrival(path.TargetId, fails, clock.GetUtcNow()));
        switch (path.Kind)
        {
            case (byte)'s':
                await Task.Delay(Slowness, clock, CancellationToken.None);
                break;
            case (byte)'h':
                return; // the probe waits until its timeout
        }

        await stream.WriteAsync(fails ? Failure : Ok);
    }
}
