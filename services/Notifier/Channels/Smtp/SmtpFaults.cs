using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// What a failure to submit a message means. Only what a server says with 5xx of this message or its recipients is final (RFC 5321, section
/// 4.2.1). All other causes can be removed without touching the delivery: a server that is down, a wrong password, a certificate, a refusal
/// that concerns us (<see cref="SmtpBlame"/>).
/// </summary>
internal static class SmtpFaults
{
    private const int ServiceClosing = 421;

    /// <summary>The meaning of an answer. Pure.</summary>
    public static SendOutcome Judge(SmtpSettings settings, SmtpAnswer answer)
        => answer.Fault is null ? OfAccepted(answer.Refused) : Of(settings, answer) ?? throw new ArgumentException("No mail server causes this.", nameof(answer), answer.Fault);

    /// <summary>The meaning of a failure; null where a mail server does not cause such an exception.</summary>
    public static SendOutcome? Of(SmtpSettings settings, SmtpAnswer answer)
    {
        var server = $"{settings.Server}:{settings.Port}";
        var outcome = answer.Fault switch
        {
            SmtpCommandException e => OfReply(e, settings, answer),
            NobodyLeftException => OfRecipients(answer.Refused),
            SenderNeedsUtf8Exception e => Server(
                $"the sender {e.Address} cannot be used: {server} does not offer SMTPUTF8, which letters beyond ASCII before the @ need",
                "Give an address without such letters as from=ADDRESS."),
            PlainLoginException e => Server(
                $"no login at {server}: {e.Address} is not in your own network, and user and password would travel in clear",
                "Give security=starttls or tls."),
            AuthenticationException e => Server(
                $"{server} refused the login of {settings.User}: {ShortLine.Of(e.Message)}",
                "Check user and password; some providers want a password made for programs."),
            ServiceNotAuthenticatedException => Server($"{server} wants a login", "Give user and password."),
            SslHandshakeException e => Server(
                $"no TLS with {server}: {answer.CertificateFault ?? ShortLine.Of((e.InnerException ?? e).Message)}",
                "Give a private CA with ca=FILE; check that security and port belong together (starttls 587, tls 465)."),
            NotSupportedException when settings.Security is SmtpSecurity.StartTls && !answer.WasSecure => Server(
                $"{server} does not offer STARTTLS", "Give security=tls if this port begins with TLS; nothing is sent in clear."),
            NotSupportedException e => Server($"{server} cannot do what is asked of it: {ShortLine.Of(e.Message)}", null),
            _ => OfConnection(settings, answer.Fault, server),
        };
        return outcome is null ? null : outcome with { Reason = Redact(outcome.Reason!, settings) };
    }

    private static SendOutcome? OfConnection(SmtpSettings settings, Exception? fault, string server) => fault switch
    {
        SocketException e => Server($"no connection to {server}: {SocketWords.Of(e)}", "Check server and port, and that no firewall is in the way."),
        SmtpProtocolException or ServiceNotConnectedException => Server(
            $"{server} broke off, or does not speak SMTP here", "Check that security and port belong together (starttls 587, tls 465)."),
        EndlessAnswerException => Server($"{server} sends an answer without an end, or does not speak SMTP here", "Check server and port."),
        TimeoutException => Server($"{server} does not answer", "Check server and port, and that no firewall is in the way."),
        IOException e => Server($"the connection to {server} broke: {ShortLine.Of((e.InnerException ?? e).Message)}", null),
        SilentServerException e => Server(
            $"{server} did not answer within {e.Waited.TotalSeconds:0.#} s",
            e.HadMessage ? "The server had the message; it may have been delivered." : "Check server and port, and that no firewall is in the way."),
        BadAuthoritiesException e => Server(
            $"{(SmtpAuthorities.IsText(settings.Ca!) ? "its ca" : $"the file {settings.Ca}")} cannot be read as certificates: {ShortLine.Of(e.Message)}",
            "The parameter ca is PEM text, or names a PEM file on the machine of the Notifier."),
        _ => null,
    };

    private static SendOutcome OfAccepted(IReadOnlyList<RefusedRecipient> refused)
    {
        if (refused.Count == 0)
        {
            return SendOutcome.Delivered;
        }

        var later = refused.Where(r => !r.IsPermanent).Select(r => r.Mailbox.Address).ToList();
        var reason = $"sent, but {string.Join("; ", refused)}";
        return later.Count == 0
            ? new SendOutcome(SendResult.Delivered, reason)
            : new SendOutcome(SendResult.Retry, reason) { Remaining = later };
    }

    private static SendOutcome OfReply(SmtpCommandException e, SmtpSettings settings, SmtpAnswer answer)
    {
        var code = (int)e.StatusCode;
        if (code == ServiceClosing || !answer.WasOpen)
        {
            var hint = code != ServiceClosing && SmtpBlame.IsAboutUs(code, e.Message) ? SmtpBlame.Hint(e.Message) : null;
            return Server($"{settings.Server}:{settings.Port} answered {code} {ShortLine.Of(e.Message)}", hint);
        }

        if (e.ErrorCode is SmtpErrorCode.SenderNotAccepted)
        {
            return Server($"the sender {e.Mailbox?.Address} was refused: {code} {ShortLine.Of(e.Message)}", SmtpBlame.Hint($"sender {e.Message}"));
        }

        var reason = $"the message was refused: {code} {ShortLine.Of(e.Message)}";
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

    // Some servers repeat what they did not understand: the secret, or what a login has made of it.
    private static string Redact(string text, SmtpSettings settings)
    {
        if ((settings.Password ?? settings.Token) is not { } secret)
        {
            return text;
        }

        string[] forms = [secret, $"\0{settings.User}\0{secret}", $"user={settings.User}\u0001auth=Bearer {secret}\u0001\u0001"];
        return forms.SelectMany(form => new[] { form, Convert.ToBase64String(Encoding.UTF8.GetBytes(form)) })
            .Where(MaskableSecret.Is)
            .Aggregate(text, (said, form) => said.Replace(form, "***", StringComparison.Ordinal));
    }
}
