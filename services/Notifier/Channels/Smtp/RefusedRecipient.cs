using MimeKit;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>A recipient that the message does not go to.</summary>
/// <param name="Mailbox">The recipient.</param>
/// <param name="Words">Why, as the end of a sentence that begins with the address.</param>
/// <param name="IsPermanent">Whether another attempt would fail, too.</param>
internal sealed record RefusedRecipient(MailboxAddress Mailbox, string Words, bool IsPermanent)
{
    /// <summary>The server's reply where it refuses us and not the recipient; null where it refuses the recipient.</summary>
    public string? AboutUs { get; init; }

    /// <summary>A recipient that the server did not accept.</summary>
    public static RefusedRecipient By(int statusCode, string reply, MailboxAddress mailbox)
    {
        var aboutUs = SmtpBlame.IsAboutUs(statusCode, reply);
        return new RefusedRecipient(mailbox, $"was refused: {statusCode} {reply}", statusCode >= 500 && !aboutUs) { AboutUs = aboutUs ? reply : null };
    }

    /// <summary>A recipient whose address this server cannot be given (RFC 6531, section 3.2).</summary>
    public static RefusedRecipient WithoutSmtpUtf8(MailboxAddress mailbox)
        => new(mailbox, "was not tried: the server does not offer SMTPUTF8, which an address with letters beyond ASCII before the @ needs", true);

    public override string ToString() => $"{Mailbox.Address} {Words}";
}
