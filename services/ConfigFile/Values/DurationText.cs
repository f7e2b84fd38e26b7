using System.Globalization;
using System.Text.RegularExpressions;

namespace Skypunch.ConfigFile.Values;

/// <summary>A duration in whole seconds: <c>90</c>, <c>10s</c>, <c>5m</c>, <c>1h</c>, <c>1m30s</c>. Units go from hours down, each once.</summary>
internal static partial class DurationText
{
    /// <summary>Reads a duration of at least one second.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (Form().Match(text) is not { Success: true } match)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds((Number(match, "h") * 3600) + (Number(match, "m") * 60) + Number(match, "s") + Number(match, "plain"));
        return duration >= TimeSpan.FromSeconds(1);
    }

    private static long Number(Match match, string group)
        => match.Groups[group] is { Success: true, ValueSpan: var digits } ? long.Parse(digits, CultureInfo.InvariantCulture) : 0;

    // At most seven digits: no sum of them is out of range, and the longest duration that is accepted anywhere is a day.
    [GeneratedRegex("\\A(?:(?<plain>[0-9]{1,7})|(?=.)(?:(?<h>[0-9]{1,7})h)?(?:(?<m>[0-9]{1,7})m)?(?:(?<s>[0-9]{1,7})s)?)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
