using System.Buffers;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Skypunch.Cli.Options;

/// <summary>
/// A duration as people write it: <c>10s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>, together as in <c>1h30m</c>, or plain seconds; parts of a second as <c>500ms</c> or
/// <c>1.5s</c>.
/// </summary>
internal static class DurationText
{
    private const long Second = 1000;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>What to say of a text that is none.</summary>
    public const string Remedy = "must be a time, such as 10s, 1.5s, 500ms, 5m or 90";

    /// <summary>What to say of it where only whole seconds will do.</summary>
    public const string RemedyOfWhole = "must be whole seconds, such as 10s, 5m, 1h or 90";

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
        var total = 0m; // in milliseconds
        var last = long.MaxValue;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            var unit = digits <= 0 ? null : UnitOf(rest[digits..]);
            if (unit is not var (length, milliseconds)
                || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || !IsNumber(rest[..digits], milliseconds)
                || number > Duration.MaxSeconds
                || milliseconds >= last)
            {
                return false; // units go from large to small, each once
            }

            total += number * milliseconds;
            last = milliseconds;
            rest = rest[(digits + length)..];
        }

        duration.Seconds = (long)(total / Second);
        duration.Nanos = (int)(total % Second) * 1_000_000;
        return text.Length > 0 && duration.Seconds <= Duration.MaxSeconds;
    }

    // Seconds may have up to three digits behind the point, all else is whole.
    private static bool IsNumber(ReadOnlySpan<char> text, long milliseconds) => text.IndexOf('.') is var point
        && (point < 0 || (milliseconds == Second && point > 0 && text.Length - point is > 1 and < 5));

    private static (int Length, long Milliseconds)? UnitOf(ReadOnlySpan<char> text) => text switch
    {
        ['m', 's', ..] => (2, 1),
        ['s', ..] => (1, Second),
        ['m', ..] => (1, 60 * Second),
        ['h', ..] => (1, 3600 * Second),
        ['d', ..] => (1, 86_400 * Second),
        _ => null,
    };
}
