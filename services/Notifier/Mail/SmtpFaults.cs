using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Skypunch.Contracts;
using Skypunch.Notifier.Deliveries;

namespace Skypunch.Notifier.Mail;

/// <summary>
/// What a failure to hand in a message means. For good is only what a server says with 5xx (RFC 5321 section 4.2.1) of this message or its recipients. All else may
/// be mended without touching the delivery: a server that is away, a wrong password, a certificate, what it has against us (<see cref="SmtpBlame"/>).
/// </summary>
internal static class SmtpFaults
{
    private const int LongestReply = 300;
    private const int ServiceClosing = 421;

    /// <summary>The meaning of an exception; null where it is none that a mail server causes.</summary>
    public static SendOutcome? Of(Exception exception, SmtpConnection connection)
    {
        var settings = connection.Settings;
        var server = $"{settings.Server}:{settings.Port}";
        var outcome = exception switch
        {
            SmtpCommandException e => OfReply(e, connection),
            NobodyLeftException => OfRecipients(connection.Refused),
            UnspeakableSenderException e => Server(
                $"the sender {e.Address} cannot be used: {server} does not offer SMTPUTF8, which letters beyond ASCII before the @ need",
                "Give an address without such letters as from=ADDRESS."),
            PlainLoginException e => Server(
                $"no login at {server}: {e.Address} is not in your own network, and user and password would travel in clear",
                "Give security=starttls or tls."),
            AuthenticationException e => Server(
                $"{server} refused the login of {settings.User}: {ShortLine(e.Message)}",
                "Check user and password; some providers want a password made for programs."),
            ServiceNotAuthenticatedException => Server($"{server} wants a login", "Give user and password."),
            SslHandshakeException e => Server(
                $"no TLS with {server}: {connection.CertificateFault ?? ShortLine((e.InnerException ?? e).Message)}",
                "Give a private CA with ca=FILE; check that security and port belong together (starttls 587, tls 465)."),
            NotSupportedException when settings.Security is SmtpSecurity.StartTls && !connection.IsSecure => Server(
                $"{server} does not offer STARTTLS", "Give security=tls if this port begins with TLS; nothing is sent in clear."),
            NotSupportedException e => Server($"{server} cannot do what is asked of it: {ShortLine(e.Message)}", null),
            SocketException e => Server($"no connection to {server}: {Words(e)}", "Check server and port, and that the way there is open."),
            SmtpProtocolException or ServiceNotConnectedException => Server(
                $"{server} broke off, or does not speak SMTP here", "Check that security and port belong together (starttls 587, tls 465)."),
            EndlessAnswerException => Server($"{server} sends an answer without an end, or does not speak SMTP here", "Check server and port."),
            TimeoutException => Server($"{server} does not answer", "Check server and port, and that the way there is open."),
            IOException e => Server($"the connection to {server} broke: {ShortLine((e.InnerException ?? e).Message)}", null),
            _ => null,
        };
        return outcome is null ? null : outcome with { Reason = Redact(outcome.Reason!, settings) };
    }

    /// <summary>A server's words on one line of bearable length.</summary>
    public static string ShortLine(string text)
    {
        var line = OneLine.Of(text).Trim();
        return line.Length > LongestReply ? line[..(char.IsHighSurrogate(line[LongestReply - 1]) ? LongestReply - 1 : LongestReply)] : line;
    }

    private static SendOutcome OfReply(SmtpCommandException e, SmtpConnection connection)
    {
        var code = (int)e.StatusCode;
        if (code == ServiceClosing || !connection.IsOpen)
        {
            var hint = code != ServiceClosing && SmtpBlame.IsAboutUs(code, e.Message) ? SmtpBlame.Hint(e.Message) : null;
            return Server($"{connection.Settings.Server}:{connection.Settings.Port} answered {code} {ShortLine(e.Message)}", hint);
        }

        if (e.ErrorCode is SmtpErrorCode.SenderNotAccepted)
        {
            return Server($"the sender {e.Mailbox?.Address} was refused: {code} {ShortLine(e.Message)}", SmtpBlame.Hint($"sender {e.Message}"));
        }

        var reason = $"the message was refused: {code} {ShortLine(e.Message)}";
        return SmtpBlame.IsAboutUs(code, e.Message)
            ? Server(reason, SmtpBlame.Hint(e.Message))
            : new SendOutcome(code >= 500 ? SendResult.Refused : SendResult.Retry, reason);
    }

    private static SendOutcome OfRecipients(IReadOnlyList<RefusedRecipient> refused)
    {
        var reason = string.Join("; ", refused);
        return refused.All(r => r.AboutUs is not null)
            ? Server(reason, SmtpBlame.Hint(refused[0].AboutUs!))
            : new SendOutcome(refused.All(r => r.IsPermanent) ? SendResult.Refused : SendResult.Retry, reason) { Hint = "Check the notifier's address." };
    }

    private static SendOutcome Server(string reason, string? hint) => new(SendResult.Retry, reason) { Hint = hint, ServerFault = true };

    private static string Words(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "nobody listens there (connection refused)",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name cannot be resolved",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no route to it",
        SocketError.TimedOut => "it does not answer",
        _ => ShortLine(e.Message),
    };

    // Some servers repeat what they did not understand.
    private static string Redact(string text, SmtpSettings settings)
    {
        if ((settings.Password ?? settings.Token) is not { } secret)
        {
            return text;
        }

        string[] forms = [secret, $"\0{settings.User}\0{secret}", $"user={settings.User}\u0001auth=Bearer {secret}\u0001\u0001"];
        return forms.SelectMany(form => new[] { form, Convert.ToBase64String(Encoding.UTF8.GetBytes(form)) })
            .Aggregate(text, (said, form) => said.Replace(form, "***", StringComparison.Ordinal));
    }
}
