using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace Skypunch.UnitTests.Notifier;

/// <summary>A mail that the server has accepted.</summary>
internal sealed record ReceivedMail(MimeMessage Message, IReadOnlyList<string> Recipients, bool Encrypted, string? User);

/// <summary>A mail server (RFC 5321) on a loopback port, with just enough commands to accept mail. A test may script its answers.</summary>
internal sealed class LoopbackSmtp : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<ReceivedMail> _mails = Channel.CreateUnbounded<ReceivedMail>();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly Task _accepting;

    public LoopbackSmtp()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    /// <summary>The answer to a command or to the moments "GREETING" and "END OF DATA". Null gives the usual answer; "" hangs up.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>Called when a client connects.</summary>
    public Action Connected { get; set; } = () => { };

    /// <summary>Awaited before a client is greeted.</summary>
    public Func<CancellationToken, Task> BeforeGreeting { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether the server never answers this command or moment.</summary>
    public Func<string, bool> Hangs { get; set; } = _ => false;

    /// <summary>Called when the server begins to hang.</summary>
    public Action Hung { get; set; } = () => { };

    /// <summary>Whether the answer goes on for ever without a line end.</summary>
    public Func<string, bool> Endless { get; set; } = _ => false;

    /// <summary>How many bytes of such an answer were sent.</summary>
    public long EndlessBytes { get; private set; }

    /// <summary>Awaited when a message is complete, before it is answered.</summary>
    public Func<CancellationToken, Task> BeforeAccepting { get; set; } = _ => Task.CompletedTask;

    /// <summary>The server's certificate; with a certificate it offers STARTTLS.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The login that the server requires; null for none.</summary>
    public (string User, string Password)? Login { get; set; }

    /// <summary>The XOAUTH2 login that the server requires; null for none.</summary>
    public (string User, string Token)? OAuth { get; set; }

    /// <summary>Whether the server accepts addresses with characters beyond ASCII.</summary>
    public bool SmtpUtf8 { get; set; }

    /// <summary>All lines from clients, without the messages.</summary>
    public ConcurrentQueue<string> Commands { get; } = [];

    public string Params => $"server=127.0.0.1,port={Port},security=none";

    public static X509Certificate2 MakeCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async Task<ReceivedMail> NextAsync()
        => await _mails.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public IReadOnlyList<ReceivedMail> TakeAll()
    {
        var all = new List<ReceivedMail>();
        while (_mails.Reader.TryRead(out var mail))
        {
            all.Add(mail);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_sessions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            Connections++;
            _sessions.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var greeting = BeforeGreeting(_stopping.Token);
            Connected();
            await greeting;
            using var session = new Session(this, client.GetStream());
            await session.RunAsync(_stopping.Token);
        }
    }

    private sealed class Session(LoopbackSmtp server, Stream stream) : IDisposable
    {
        private Stream _stream = stream;
        private StreamReader _reader = new(stream, Encoding.Latin1);
        private List<string> _recipients = [];
        private bool _encrypted;
        private string? _user;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            var line = "GREETING";
            while (line is not null && (server.Answer(line) ?? Usual(line)) is var answer && await AnswerAsync(line, answer, cancellationToken))
            {
                if (line == "STARTTLS")
                {
                    await StartTlsAsync(cancellationToken);
                }
                else if (line == "DATA" && answer.StartsWith("354", StringComparison.Ordinal))
                {
                    await ReceiveAsync(cancellationToken);
                }

                line = await _reader.ReadLineAsync(cancellationToken);
                server.Commands.Enqueue(line ?? "");
            }
        }

        public void Dispose() => _reader.Dispose();

        private string Usual(string line) => line.Split(' ', ':')[0].ToUpperInvariant() switch
        {
            "GREETING" => "220 loopback",
            "EHLO" => "250-loopback\r\n"
                + (server.Certificate is not null && !_encrypted ? "250-STARTTLS\r\n" : "")
                + (server.Login is not null ? "250-AUTH PLAIN\r\n" : "")
                + (server.OAuth is not null ? "250-AUTH XOAUTH2\r\n" : "")
                + (server.SmtpUtf8 ? "250-SMTPUTF8\r\n" : "")
                + "250 8BITMIME",
            "STARTTLS" => "220 go ahead",
            "AUTH" when server.OAuth is not null => AuthenticateByToken(line.Split(' ')[^1]),
            "AUTH" => Authenticate(line.Split(' ')[^1]),
            "" when server.OAuth is not null => "535 5.7.8 the token is not good",
            "MAIL" => (server.Login is null && server.OAuth is null) || _user is not null ? "250 ok" : "530 5.7.0 Authentication required",
            "RCPT" => Recipient(line),
            "DATA" => "354 go ahead",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };

        private string Authenticate(string base64)
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(base64)).Split('\0');
            _user = server.Login == (parts[1], parts[2]) ? parts[1] : null;
            return _user is null ? $"535 5.7.8 wrong password '{parts[2]}'" : "235 ok";
        }

        private string AuthenticateByToken(string base64)
        {
            var said = Encoding.UTF8.GetString(Convert.FromBase64String(base64));
            _user = said == $"user={server.OAuth!.Value.User}\u0001auth=Bearer {server.OAuth.Value.Token}\u0001\u0001" ? server.OAuth.Value.User : null;
            return _user is null ? $"334 {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"status\":\"400\",\"said\":\"{base64}\"}}"))}" : "235 ok";
        }

        private string Recipient(string line)
        {
            _recipients.Add(line.Split('<', '>')[1]);
            return "250 ok";
        }

        private async Task<bool> AnswerAsync(string line, string answer, CancellationToken cancellationToken)
        {
            if (server.Hangs(line))
            {
                server.Hung();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            for (var text = $"{answer} "; server.Endless(line); text = new string('a', 1 << 16))
            {
                await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);
                server.EndlessBytes += text.Length;
            }

            if (answer.Length == 0)
            {
                return false;
            }

            await _stream.WriteAsync(Encoding.Latin1.GetBytes(answer + "\r\n"), cancellationToken);
            return line != "QUIT" && !answer.StartsWith("421", StringComparison.Ordinal);
        }

        private async Task StartTlsAsync(CancellationToken cancellationToken)
        {
            var tls = new SslStream(_stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, cancellationToken);
            (_stream, _reader, _encrypted) = (tls, new StreamReader(tls, Encoding.Latin1), true);
        }

        private async Task ReceiveAsync(CancellationToken cancellationToken)
        {
            var text = new StringBuilder();
            while (await _reader.ReadLineAsync(cancellationToken) is { } line && line != ".")
            {
                text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
            var mail = new ReceivedMail(await MimeMessage.LoadAsync(bytes, cancellationToken), _recipients, _encrypted, _user);
            _recipients = [];
            await server.BeforeAccepting(cancellationToken);
            var answer = server.Answer("END OF DATA");
            if (answer is null or "")
            {
                server._mails.Writer.TryWrite(mail);
            }

            if (!await AnswerAsync("END OF DATA", answer ?? "250 queued", cancellationToken))
            {
                _stream.Close();
            }
        }
    }
}
