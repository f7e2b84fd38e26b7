using System.Globalization;
using System.Text;

namespace Skypunch.Cli.Output;

/// <summary>
/// Text from elsewhere, made safe to print on one line: a name or an answer must not move the cursor, clear the screen or turn the
/// reading direction. White space of every kind becomes a space; other controls are shown as <c>\x1B</c>, invisible direction marks as
/// <c>\u202E</c>.
/// </summary>
internal static class Printable
{
    public static string Of(string text)
    {
        if (!text.Any(c => MustGo(c)) && IsWellFormed(text))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate comes out as U+FFFD
        {
            _ = rune.Value switch
            {
                '\t' or '\n' or '\v' or '\f' or '\r' or 0x85 or 0x2028 or 0x2029 => safe.Append(' '),
                <= 0xFF when Rune.IsControl(rune) => safe.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}"),
                <= 0xFFFF when MustGo((char)rune.Value) => safe.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => safe.Append(rune.ToString()),
            };
        }

        return safe.ToString();
    }

    /// <summary>The same JSON with each invisible direction mark as an escape. Such a mark can stand within a string only.</summary>
    public static string InJson(string json)
    {
        if (!json.Any(IsDirectionMark))
        {
            return json;
        }

        var safe = new StringBuilder(json.Length);
        foreach (var c in json)
        {
            _ = IsDirectionMark(c) ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : safe.Append(c);
        }

        return safe.ToString();
    }

    private static bool MustGo(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' || IsDirectionMark(c);

    private static bool IsDirectionMark(char c) => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
