using System.Buffers;
using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// A duration as people write it on the command line and in files: <c>10s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>; several units together, as
/// in <c>1h30m</c>; a plain number of seconds, as in <c>90</c>; parts of a second, as in <c>500ms</c> or <c>1.5s</c>. Units must go from
/// large to small, each at most once.
/// </summary>
public static class DurationText
{
    private const long Second = 1000;

    // The longest google.protobuf.Duration, in milliseconds: about 10,000 years.
    private const decimal Longest = 315_576_000_000m * Second;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Reads a duration, which may be zero. False where the text is not a duration, or is more than about 10,000 years.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length == 0 || !TryRead(text, out var milliseconds) || milliseconds > Longest)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
        return true;
    }

    /// <summary>
    /// Writes a duration, to the millisecond, as <see cref="TryParse"/> reads it: <c>1h30m</c>. A day is written as <c>24h</c>, as earlier
    /// releases did.
    /// </summary>
    public static string Of(TimeSpan duration)
    {
        var (text, rest) = (new StringBuilder(), (long)duration.TotalMilliseconds);
        Take(text, ref rest, 3600 * Second, "h");
        Take(text, ref rest, 60 * Second, "m");
        if (rest is > 0 and < Second)
        {
            Take(text, ref rest, 1, "ms");
        }
        else if (rest > 0 || text.Length == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rest / (decimal)Second:0.###}s");
        }

        return text.ToString();
    }

    /// <summary>Writes a duration in the largest unit of which it is a whole number: <c>1d</c>, <c>90s</c>, <c>100ms</c>. For limits in a help and in a rule's words.</summary>
    public static string InOneUnit(TimeSpan duration) => (long)duration.TotalMilliseconds switch
    {
        var all when all % (86_400 * Second) == 0 => Invariant($"{all / (86_400 * Second)}d"),
        var all when all % (3600 * Second) == 0 => Invariant($"{all / (3600 * Second)}h"),
        var all when all % (60 * Second) == 0 => Invariant($"{all / (60 * Second)}m"),
        var all when all % Second == 0 => Invariant($"{all / Second}s"),
        var all => Invariant($"{all}ms"),
    };

    private static void Take(StringBuilder text, ref long rest, long unit, string name)
    {
        if (rest >= unit)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rest / unit}{name}");
            rest %= unit;
        }
    }

    private static bool TryRead(ReadOnlySpan<char> rest, out decimal total)
    {
        if (long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
        {
            total = (decimal)plain * Second;
            return true;
        }

        total = 0;
        for (var last = long.MaxValue; !rest.IsEmpty;)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || UnitOf(rest[digits..]) is not var (length, unit) || unit >= last || !TryNumber(rest[..digits], unit, out var number))
            {
                return false;
            }

            total += number * unit;
            last = unit;
            rest = rest[(digits + length)..];
        }

        return true;
    }

    // A number of seconds may have up to three digits after the point. The numbers of other units are whole.
    private static bool TryNumber(ReadOnlySpan<char> text, long unit, out decimal number)
    {
        var point = text.IndexOf('.');
        var isWritten = point < 0 || (unit == Second && point > 0 && text.Length - point is > 1 and < 5);
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && isWritten && number <= Longest;
    }

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
