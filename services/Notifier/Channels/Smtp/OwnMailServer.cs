using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// A mail server in this process, on a loopback address, that accepts mails and drops them. It knows as much of SMTP (RFC 5321) as a
/// rehearsal needs.
/// </summary>
internal sealed class OwnMailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <summary>Starts to listen.</summary>
    /// <exception cref="SocketException">This machine has no port left.</exception>
    public OwnMailServer() => _listener.Start();

    /// <summary>The parameters of a notifier whose mails go here.</summary>
    public string Parameters => $"server={IPAddress.Loopback},port={((IPEndPoint)_listener.LocalEndpoint).Port},security=none,from=skypunch@localhost";

    /// <summary>Serves one connection.</summary>
    /// <returns>How many mails came over it.</returns>
    public async Task<int> ServeAsync(CancellationToken cancellationToken)
    {
        using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var mails = 0;
        await SayAsync("220 own", stream, cancellationToken);
        while (await reader.ReadLineAsync(cancellationToken) is { } command)
        {
            if (command.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await SayAsync("354 go on", stream, cancellationToken);
                await SkipMailAsync(reader, cancellationToken);
                mails++;
            }

            var answer = command.StartsWith("EHLO", StringComparison.OrdinalIgnoreCase) ? "250-own\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8" : "250 ok";
            await SayAsync(answer, stream, cancellationToken);
        }

        return mails;
    }

    public void Dispose() => _listener.Dispose();

    private static async Task SkipMailAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is not (null or "."))
        {
            // The mail is not looked at.
        }
    }

    private static ValueTask SayAsync(string line, Stream stream, CancellationToken cancellationToken)
        => stream.WriteAsync(Encoding.Latin1.GetBytes($"{line}\r\n"), cancellationToken);
}
