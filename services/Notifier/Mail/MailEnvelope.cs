using MimeKit;
using Skypunch.Contracts;

namespace Skypunch.Notifier.Mail;

/// <summary>What a message needs beside its subject and text.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The recipients.</param>
/// <param name="MessageId">Its id, without angle brackets: the same each time the same delivery is sent.</param>
/// <param name="Date">When it is sent.</param>
internal sealed record MailEnvelope(MailboxAddress From, IReadOnlyList<MailboxAddress> To, string MessageId, DateTimeOffset Date)
{
    /// <summary>A message as a program sends it: nobody's holiday answer comes back (RFC 3834).</summary>
    public MimeMessage Message(string subject, MimeEntity body)
    {
        // A name from a hand-written row may hold a line break, which must not begin a header of its own.
        var message = new MimeMessage { MessageId = MessageId, Date = Date.ToUniversalTime(), Body = body };
        message.Headers.Replace(SubjectHeader.Of(OneLine.Of(subject)));
        message.From.Add(From);
        message.To.AddRange(To);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
