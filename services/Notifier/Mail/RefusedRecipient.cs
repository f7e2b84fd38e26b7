using MimeKit;

namespace Skypunch.Notifier.Mail;

/// <summary>A recipient that the message does not go to.</summary>
/// <param name="Mailbox">Whom.</param>
/// <param name="Words">Why, as the end of a sentence that begins with the address.</param>
/// <param name="IsPermanent">Whether another attempt would fare no better.</param>
internal sealed record RefusedRecipient(MailboxAddress Mailbox, string Words, bool IsPermanent)
{
    /// <summary>What the server has against us, and not against the recipient; null: it is about the recipient.</summary>
    public string? AboutUs { get; init; }

    /// <summary>One that the server did not accept.</summary>
    public static RefusedRecipient By(int statusCode, string reply, MailboxAddress mailbox)
    {
        var aboutUs = SmtpBlame.IsAboutUs(statusCode, reply);
        return new RefusedRecipient(mailbox, $"was refused: {statusCode} {reply}", statusCode >= 500 && !aboutUs) { AboutUs = aboutUs ? reply : null };
    }

    /// <summary>One whose address the server cannot be told (RFC 6531, section 3.2).</summary>
    public static RefusedRecipient Unspeakable(MailboxAddress mailbox)
        => new(mailbox, "was not tried: the server does not offer SMTPUTF8, which an address with letters beyond ASCII before the @ needs", true);

    public override string ToString() => $"{Mailbox.Address} {Words}";
}
