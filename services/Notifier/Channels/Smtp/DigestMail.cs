using System.Globalization;
using System.Text;
using MimeKit;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// The message that tells of many changes at once: their counts, the first of them, and where there are more, all of them in an attached
/// table. Pure.
/// </summary>
internal static class DigestMail
{
    /// <summary>The header that says how many changes the message tells of, for filters.</summary>
    public const string CountHeader = "X-Skypunch-Changes";

    /// <summary>Writes the message.</summary>
    /// <param name="id">The digest's id.</param>
    /// <param name="parts">The changes.</param>
    /// <param name="envelope">The envelope.</param>
    public static MimeMessage Compose(string id, IReadOnlyList<DigestPart> parts, MailEnvelope envelope)
    {
        var content = new DigestMailContent(id, new DigestSummary(parts));
        MimeEntity body = new MultipartAlternative
        {
            new TextPart("plain") { Text = DigestMailText.Write(content) },
            new TextPart("html") { Text = DigestMailHtml.Write(content) },
        };
        var message = envelope.Message(content.Subject, content.HasTable ? new Multipart("mixed") { body, Table(content) } : body);
        message.Headers.Add(CountHeader, parts.Count.ToString(CultureInfo.InvariantCulture));
        return message;
    }

    private static TextPart Table(DigestMailContent content)
    {
        var table = new TextPart("csv") { ContentDisposition = new ContentDisposition(ContentDisposition.Attachment), FileName = DigestMailContent.TableName };
        table.SetText(Encoding.UTF8, DigestTable.Write(content.Summary));
        return table;
    }
}
