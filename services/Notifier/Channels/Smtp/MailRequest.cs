using MimeKit;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>A message that is to be submitted to a mail server.</summary>
/// <param name="Settings">Which server, and whom to log in as.</param>
/// <param name="Message">The message.</param>
/// <param name="Recipients">Whom the message goes to: all recipients of its header, or some of them.</param>
internal sealed record MailRequest(SmtpSettings Settings, MimeMessage Message, IReadOnlyList<MailboxAddress> Recipients) : IDisposable
{
    public void Dispose() => Message.Dispose();
}
