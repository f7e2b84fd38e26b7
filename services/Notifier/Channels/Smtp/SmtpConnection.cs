using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>A connection to a mail server. A recipient that is refused does not keep the message from the others.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    private readonly List<RefusedRecipient> _refused = [];
    private readonly X509Certificate2Collection? _authorities;
    private readonly HostConnector _connector;

    /// <summary>Makes the client, which does not connect yet.</summary>
    /// <exception cref="IOException">The CA file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The CA file may not be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The CA file has no certificate.</exception>
    public SmtpConnection(SmtpSettings settings, HostConnector connector)
        : this(settings, connector, new SmtpWatch())
    {
    }

    private SmtpConnection(SmtpSettings settings, HostConnector connector, SmtpWatch watch)
        : base(watch)
    {
        Settings = settings;
        Watch = watch;
        _connector = connector;

        // The caller has a timeout of its own, and the client's must only be longer.
        Timeout = (int)(2 * SmtpMailer.AcceptTimeout).TotalMilliseconds;

        // From inside a closed network, the revocation list of a CA may be out of reach.
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = (_, certificate, chain, errors) => !settings.Verify || IsGood(certificate, chain, errors);
        _authorities = settings.Ca is { } ca ? SmtpAuthorities.Load(ca) : null;
    }

    public SmtpSettings Settings { get; }

    public SmtpWatch Watch { get; }

    /// <summary>What is wrong with the server's certificate, in words; null: nothing, or none was shown.</summary>
    public string? CertificateFault { get; private set; }

    /// <summary>The recipients that the last message does not go to.</summary>
    public IReadOnlyList<RefusedRecipient> Refused => _refused;

    /// <summary>Whether connecting and logging in have succeeded: what the server says from now on is about a message.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Connects and logs in.</summary>
    /// <param name="senderDomain">What stands behind the @ in the sender's address.</param>
    /// <param name="cancellationToken">Breaks the attempt off.</param>
    public async Task OpenAsync(string? senderDomain, CancellationToken cancellationToken)
    {
        var options = Settings.Security switch
        {
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        var socket = await _connector.ConnectAsync(Settings.Server, Settings.Port, cancellationToken);
        var (here, there) = (((IPEndPoint)socket.LocalEndPoint!).Address, ((IPEndPoint)socket.RemoteEndPoint!).Address);
        if (Settings.Security is SmtpSecurity.None && Settings.LogsIn && !SmtpSettingsRules.IsOwnNetwork(there))
        {
            socket.Dispose();
            throw new PlainLoginException(there);
        }

        LocalDomain = HeloName.Choose(Settings.Helo, Settings.Helo is null ? await HeloName.OfMachineAsync() : null, senderDomain, here);
        await ConnectAsync(socket, Settings.Server, Settings.Port, options, cancellationToken);
        await LogInAsync(cancellationToken);

        Capabilities &= ~SmtpCapabilities.Chunking; // only with DATA does SmtpWatch see when the message goes out
        IsOpen = true;
    }

    /// <summary>Submits a message. <see cref="Refused"/> has the recipients that it does not go to.</summary>
    public async Task SendAsync(MimeMessage message, IReadOnlyList<MailboxAddress> recipients, CancellationToken cancellationToken)
    {
        _refused.Clear();
        var from = message.From.Mailboxes.First();
        var offersUtf8 = Capabilities.HasFlag(SmtpCapabilities.UTF8);
        if (!offersUtf8 && !Ascii.IsValid(from.LocalPart))
        {
            throw new SenderNeedsUtf8Exception(from.Address);
        }

        foreach (var recipient in recipients.Where(recipient => !offersUtf8 && !Ascii.IsValid(recipient.LocalPart)))
        {
            _refused.Add(RefusedRecipient.WithoutSmtpUtf8(recipient));
            message.To.Remove(recipient);
        }

        var rest = recipients.Except(_refused.Select(refused => refused.Mailbox)).ToList();
        if (rest.Count == 0)
        {
            throw new NobodyLeftException();
        }

        await SendAsync(message, from, rest, cancellationToken);
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        => _refused.Add(RefusedRecipient.By((int)response.StatusCode, ShortLine.Of(response.Response), mailbox));

    protected override void OnNoRecipientsAccepted(MimeMessage message) => throw new NobodyLeftException();

    private async Task LogInAsync(CancellationToken cancellationToken)
    {
        if (Settings is { User: { } user, Token: { } token })
        {
            await AuthenticateAsync(new SaslMechanismOAuth2(user, token), cancellationToken);
        }
        else if (Settings is { User: { } name, Password: { } password })
        {
            await AuthenticateAsync(name, password, cancellationToken);
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
