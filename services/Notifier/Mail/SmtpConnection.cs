using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Skypunch.Notifier.Mail;

/// <summary>A connection to a mail server. A recipient that is refused does not keep the message from the others.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    private readonly List<RefusedRecipient> _refused = [];
    private readonly X509Certificate2Collection? _authorities;

    /// <summary>Makes the connection's client; connects nowhere yet.</summary>
    /// <exception cref="IOException">The CA file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The CA file may not be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The CA file has no certificate.</exception>
    public SmtpConnection(SmtpSettings settings)
        : this(settings, new SmtpWatch())
    {
    }

    private SmtpConnection(SmtpSettings settings, SmtpWatch watch)
        : base(watch)
    {
        Settings = settings;
        Watch = watch;

        // The caller breaks off in time; this is only not to come before.
        Timeout = (int)(2 * SmtpMailer.AcceptTimeout).TotalMilliseconds;

        // A mail server inside a closed network has no way to its CA's revocation list.
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = (_, certificate, chain, errors) => !settings.Verify || IsGood(certificate, chain, errors);
        if (settings.CaFile is { } file)
        {
            _authorities = [];
            _authorities.ImportFromPemFile(file);
        }
    }

    public SmtpSettings Settings { get; }

    public SmtpWatch Watch { get; }

    /// <summary>What is wrong with the server's certificate, in words; null: nothing, or none was shown.</summary>
    public string? CertificateFault { get; private set; }

    /// <summary>Who did not accept the last message.</summary>
    public IReadOnlyList<RefusedRecipient> Refused => _refused;

    /// <summary>Whether it has got as far as handing in messages: what the server says from now on is about one of them.</summary>
    public bool IsOpen { get; private set; }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var options = Settings.Security switch
        {
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await ConnectAsync(await ConnectedAsync(cancellationToken), Settings.Server, Settings.Port, options, cancellationToken);
        if (Settings is { User: { } user, Password: { } password })
        {
            await AuthenticateAsync(user, password, cancellationToken);
        }

        Capabilities &= ~SmtpCapabilities.Chunking; // with DATA it is known when the message has gone out
        IsOpen = true;
    }

    public async Task SendAsync(MimeMessage message, IReadOnlyList<MailboxAddress> recipients, CancellationToken cancellationToken)
    {
        _refused.Clear();
        await SendAsync(message, message.From.Mailboxes.First(), recipients, cancellationToken);
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        => _refused.Add(new RefusedRecipient(mailbox, (int)response.StatusCode, SmtpFaults.ShortLine(response.Response)));

    protected override void OnNoRecipientsAccepted(MimeMessage message)
        => throw new SmtpCommandException(
            SmtpErrorCode.RecipientNotAccepted,
            (SmtpStatusCode)_refused[0].StatusCode,
            _refused[0].Mailbox,
            _refused[0].Reply);

    // A message goes out in several pieces. Without NoDelay each waits until the server acknowledges the one before, which servers put off by 40 ms.
    private async Task<Socket> ConnectedAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Settings.Server, Settings.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsGood(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (_authorities is not null && certificate is X509Certificate2 shown && (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == 0)
        {
            using var own = new X509Chain();
            own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            own.ChainPolicy.ExtraStore.AddRange(chain?.ChainPolicy.ExtraStore ?? []);
            CertificateFault = own.Build(shown) ? null : Words(SslPolicyErrors.RemoteCertificateChainErrors, own);
        }
        else
        {
            CertificateFault = errors is SslPolicyErrors.None ? null : Words(errors, chain);
        }

        return CertificateFault is null;
    }

    private static string Words(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "the server shows no certificate";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return "the server's certificate is for another name";
        }

        return chain?.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)) is true
            ? "the server's certificate is not valid yet or no more"
            : "the server's certificate is signed by nobody that is trusted here";
    }
}
