using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Skypunch.Cli.Options;

/// <summary>
/// A duration as people write it: <c>10s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>, together as in <c>1h30m</c>, or plain seconds. Whole
/// seconds only.
/// </summary>
internal static class DurationText
{
    /// <summary>What to say of a text that is none.</summary>
    public const string Remedy = "must be whole seconds, such as 10s, 5m, 1h or 90";

    /// <summary>Reads a duration; false where the text is none, or more than protobuf's 10,000 years.</summary>
    public static bool TryParse(string text, out Duration duration)
    {
        duration = new Duration();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
        {
            duration.Seconds = plain;
            return plain <= Duration.MaxSeconds;
        }

        var rest = text.AsSpan();
        var total = 0L;
        var last = long.MaxValue;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0
                || !long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number > Duration.MaxSeconds
                || SecondsIn(rest[digits]) is not { } unit
                || unit >= last)
            {
                return false; // units go from large to small, each once
            }

            total += number * unit;
            last = unit;
            rest = rest[(digits + 1)..];
        }

        duration.Seconds = total;
        return text.Length > 0 && total <= Duration.MaxSeconds;
    }

    private static long? SecondsIn(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => null,
    };
}
