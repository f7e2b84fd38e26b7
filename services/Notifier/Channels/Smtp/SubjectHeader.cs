using System.Text;
using MimeKit;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>Makes the header of a subject, so that a mail program shows the text as it was given. Pure.</summary>
internal static class SubjectHeader
{
    // An encoded word has 75 characters at the most (RFC 2047, section 2): 45 bytes in base64 and its frame.
    private const int BytesInAWord = 45;

    /// <summary>
    /// The header. A name in which something looks like an encoded word (<c>=?utf-8?q?…?=</c>) would be decoded by the reader's program, so
    /// it is encoded itself.
    /// </summary>
    public static Header Of(string subject)
    {
        if (!subject.Contains("=?", StringComparison.Ordinal))
        {
            return new Header(HeaderId.Subject, subject);
        }

        var words = Pieces(subject).Select(piece => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(piece))}?=");
        var header = new Header(HeaderId.Subject, "");
        header.SetRawValue(Encoding.ASCII.GetBytes($" {string.Join("\r\n ", words)}\r\n"));
        return header;
    }

    // No encoded word ends within a character (RFC 2047, section 5).
    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > BytesInAWord)
            {
                yield return piece.ToString();
                piece.Clear();
                bytes = 0;
            }

            piece.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        yield return piece.ToString();
    }
}
