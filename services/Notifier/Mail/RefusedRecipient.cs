using MimeKit;

namespace Skypunch.Notifier.Mail;

/// <summary>A recipient that the server did not accept.</summary>
/// <param name="Mailbox">Whom.</param>
/// <param name="StatusCode">The reply's code, such as 550.</param>
/// <param name="Reply">The reply's text.</param>
internal sealed record RefusedRecipient(MailboxAddress Mailbox, int StatusCode, string Reply)
{
    public bool IsPermanent => SmtpFaults.IsPermanent(StatusCode);

    public override string ToString() => $"{Mailbox.Address} was refused: {StatusCode} {Reply}";
}
