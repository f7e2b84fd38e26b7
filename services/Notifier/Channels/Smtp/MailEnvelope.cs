using MimeKit;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>What a message needs beside its subject and text.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The recipients.</param>
/// <param name="MessageId">The message's id without angle brackets, which is the same in each attempt of a delivery.</param>
/// <param name="Date">The date of the message.</param>
internal sealed record MailEnvelope(MailboxAddress From, IReadOnlyList<MailboxAddress> To, string MessageId, DateTimeOffset Date)
{
    /// <summary>The envelope of what a notifier is told.</summary>
    /// <param name="settings">How mail is submitted.</param>
    /// <param name="to">The recipients.</param>
    /// <param name="telling">What is told.</param>
    /// <param name="hostName">The name of this machine.</param>
    public static MailEnvelope Of(SmtpSettings settings, IReadOnlyList<MailboxAddress> to, Telling telling, string hostName)
    {
        var from = MailboxAddress.Parse(settings.Sender(hostName));
        return new MailEnvelope(new MailboxAddress(string.IsNullOrEmpty(from.Name) ? "Skypunch" : from.Name, from.Address), to, $"{telling.Id}@skypunch", telling.At);
    }

    /// <summary>Makes the message, marked as sent by a program, so that no automatic reply comes back (RFC 3834).</summary>
    public MimeMessage Message(string subject, MimeEntity body)
    {
        // A name from a row edited by hand in SQL may hold a line break, which must not begin another header.
        var message = new MimeMessage { MessageId = MessageId, Date = Date.ToUniversalTime(), Body = body };
        message.Headers.Replace(SubjectHeader.Of(OneLine.Of(subject)));
        message.From.Add(From);
        message.To.AddRange(To);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
