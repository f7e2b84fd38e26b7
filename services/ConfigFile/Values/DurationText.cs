using System.Globalization;
using System.Text.RegularExpressions;

namespace Skypunch.ConfigFile.Values;

/// <summary>A duration: <c>90</c> seconds, <c>10s</c>, <c>1.5s</c>, <c>500ms</c>, <c>5m</c>, <c>1h</c>, <c>1m30s</c>. Units go from hours down, each once.</summary>
internal static partial class DurationText
{
    /// <summary>Reads a duration that is not zero.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (Form().Match(text) is not { Success: true } match)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds((Number(match, "h") * 3600) + (Number(match, "m") * 60) + Number(match, "s") + Number(match, "plain"))
            + TimeSpan.FromMilliseconds(Number(match, "ms") + Fraction(match));
        return duration > TimeSpan.Zero;
    }

    private static long Number(Match match, string group)
        => match.Groups[group] is { Success: true, ValueSpan: var digits } ? long.Parse(digits, CultureInfo.InvariantCulture) : 0;

    // The digits behind the point, as milliseconds.
    private static long Fraction(Match match)
        => match.Groups["fraction"] is { Success: true, Value: var digits } ? long.Parse(digits.PadRight(3, '0'), CultureInfo.InvariantCulture) : 0;

    // At most seven digits: no sum of them is out of range, and the longest duration that is accepted anywhere is a day.
    [GeneratedRegex("\\A(?:(?<plain>[0-9]{1,7})|(?=.)(?:(?<h>[0-9]{1,7})h)?(?:(?<m>[0-9]{1,7})m)?(?:(?<s>[0-9]{1,7})(?:\\.(?<fraction>[0-9]{1,3}))?s)?(?:(?<ms>[0-9]{1,7})ms)?)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
