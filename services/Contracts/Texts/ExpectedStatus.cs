using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// The HTTP status codes that pass: one code, as in the 2013 format, <c>200</c>, or codes and ranges, <c>200-299,304</c>.
/// </summary>
public sealed class ExpectedStatus
{
    private readonly (int From, int To)[] _ranges;

    private ExpectedStatus((int From, int To)[] ranges) => _ranges = ranges;

    /// <summary>Reads the text.</summary>
    /// <param name="text">Codes from 100 to 999 and ranges of such codes, separated by commas.</param>
    /// <param name="expected">The codes.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ExpectedStatus? expected)
    {
        expected = null;
        var parts = (text ?? "").Split(',', StringSplitOptions.TrimEntries);
        var ranges = new (int From, int To)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var ends = parts[i].Split('-', 2, StringSplitOptions.TrimEntries);
            if (!TryParseCode(ends[0], out var from) || !TryParseCode(ends[^1], out var to) || from > to)
            {
                return false;
            }

            ranges[i] = (from, to);
        }

        expected = new ExpectedStatus(ranges);
        return true;
    }

    /// <summary>Whether a response with this status passes.</summary>
    public bool Accepts(int status) => Array.Exists(_ranges, range => range.From <= status && status <= range.To);

    // A status code of HTTP has three digits. Codes beyond 599 are invalid by RFC 9110, section 15, but some servers use them.
    private static bool TryParseCode(string text, out int code)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 999;
}
