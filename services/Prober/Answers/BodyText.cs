using System.Text;

namespace Skypunch.Prober.Answers;

/// <summary>
/// A body as text, as browsers read it: a byte order mark decides, then the charset of the content type; without either it is UTF-8. The
/// mark is no part of the text. Pure.
/// </summary>
internal static class BodyText
{
    /// <summary>The text.</summary>
    public static string Of(ReadOnlySpan<byte> body, string? contentType)
    {
        try
        {
            return body switch
            {
                [0xef, 0xbb, 0xbf, .. var rest] => Encoding.UTF8.GetString(rest),
                [0xfe, 0xff, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
                [0xff, 0xfe, .. var rest] => Encoding.Unicode.GetString(rest),
                _ => (CharsetOf(contentType) is { } name ? Charsets.Decode(body, name) : null) ?? Encoding.UTF8.GetString(body),
            };
        }
        catch (ArgumentException) // some decoders throw for some bytes
        {
            return Encoding.UTF8.GetString(body);
        }
    }

    // Servers write the charset with and without quotes, with a semicolon too many, and twice.
    private static string? CharsetOf(string? contentType)
        => (contentType ?? "").Split(';', ',')
            .Select(parameter => parameter.Split('=', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(parameter => parameter.Length == 2 && parameter[0].Equals("charset", StringComparison.OrdinalIgnoreCase))
            ?[1].Trim('"', '\'', ' ');
}
