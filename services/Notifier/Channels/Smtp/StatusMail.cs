using MimeKit;
using Skypunch.Contracts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>The message that tells of a change of a target's status: in plain text and in HTML, with the same content. Pure.</summary>
internal static class StatusMail
{
    /// <summary>Writes the message.</summary>
    public static MimeMessage Compose(TargetStatusChanged change, MailEnvelope envelope)
    {
        if (change.Notice is { } notice)
        {
            return NoticeMail.Compose(notice, envelope);
        }

        var content = new StatusMailContent(change);
        var body = new MultipartAlternative
        {
            new TextPart("plain") { Text = StatusMailText.Write(content) },
            new TextPart("html") { Text = StatusMailHtml.Write(content) },
        };
        var message = envelope.Message($"Skypunch {(content.IsFailure ? "FAILURE" : "SUCCESS")} detected for {change.Name}", body);

        // No message has this id, but a mail program shows all messages that answer to it as one conversation: a target's failures and
        // recoveries.
        return InThread(message, $"target-{change.TargetId}@skypunch");
    }

    /// <summary>Puts a message into a conversation.</summary>
    public static MimeMessage InThread(MimeMessage message, string thread)
    {
        message.InReplyTo = thread;
        message.References.Add(thread);
        return message;
    }

    /// <summary>The test message, which shows that a notifier can be reached.</summary>
    public static MimeMessage ComposeTest(string notifier, MailEnvelope envelope)
        => envelope.Message($"Skypunch test message for {notifier}", new TextPart("plain") { Text = $"{ChangeWords.Test}\n" });
}
