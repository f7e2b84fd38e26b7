using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// A mail server in this process, on a loopback address, that accepts mails and drops them. It knows as much of SMTP (RFC 5321), STARTTLS and
/// AUTH as a rehearsal needs.
/// </summary>
internal sealed class OwnMailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;

    /// <summary>Starts to listen.</summary>
    /// <param name="now">The time now: the server's certificate is good for a day.</param>
    /// <exception cref="SocketException">This machine has no port left.</exception>
    public OwnMailServer(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _listener.Start();
    }

    /// <summary>The parameters of a notifier whose mails go here.</summary>
    public string Parameters
        => $"server={IPAddress.Loopback},port={((IPEndPoint)_listener.LocalEndpoint).Port},security=starttls,verify=no,from=skypunch@localhost,user=skypunch,password=skypunch";

    /// <summary>Serves one connection.</summary>
    /// <returns>How many mails came over it.</returns>
    public async Task<int> ServeAsync(CancellationToken cancellationToken)
    {
        using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
        await using var plain = client.GetStream();
        await SayAsync("220 own", plain, cancellationToken);
        await TalkAsync(plain, cancellationToken);
        await using var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, cancellationToken);
        return await TalkAsync(secure, cancellationToken);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    /// <summary>Answers until the client asks for TLS or goes.</summary>
    /// <returns>How many mails came.</returns>
    private static async Task<int> TalkAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var mails = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var command = line.Split(' ')[0].ToUpperInvariant();
            if (command is "DATA")
            {
                await SayAsync("354 go on", stream, cancellationToken);
                await SkipMailAsync(reader, cancellationToken);
                mails++;
            }

            await SayAsync(AnswerTo(command), stream, cancellationToken);
            if (command is "STARTTLS" or "QUIT")
            {
                break;
            }
        }

        return mails;
    }

    private static string AnswerTo(string command) => command switch
    {
        "EHLO" => "250-own\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-STARTTLS\r\n250 AUTH PLAIN",
        "STARTTLS" => "220 go on",
        "AUTH" => "235 ok",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

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
