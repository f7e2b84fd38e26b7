using MimeKit;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>The message that tells of a notice: plain text alone, since there is nothing to be shown in a table. Pure.</summary>
internal static class NoticeMail
{
    /// <summary>Writes the message.</summary>
    public static MimeMessage Compose(Notice notice, MailEnvelope envelope)
    {
        var paragraphs = notice.Text.Split('\n').Select(OneLine.Of).Where(line => line.Length > 0);
        string[] lines =
        [
            $"{OneLine.Of(notice.Subject)}, at {ChangeWords.Instant(notice.At)}.",
            .. paragraphs,
            "This is a notice of Skypunch itself. It says nothing of whether a target passes or fails.",
            StatusMailContent.Footer,
        ];
        var message = envelope.Message(
            $"Skypunch notice: {OneLine.Of(notice.Subject)}",
            new TextPart("plain") { Text = string.Join("\n\n", lines) + "\n" });
        return StatusMail.InThread(message, notice.TargetId is { } id ? $"target-{id}@skypunch" : "notices@skypunch");
    }
}
