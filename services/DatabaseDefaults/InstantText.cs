using System.Globalization;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// An instant as a text for SQLite, in UTC: <c>2026-11-24 08:00:00.25</c>, with at most seven digits after the point and no zeros at the
/// end. Texts in this format sort in the order of their instants. MySQL reads the format, too. Pure.
/// </summary>
public static class InstantText
{
    /// <summary>The most characters that a text has. All are ASCII.</summary>
    public const int Longest = 27;

    private const int WholeSeconds = 19;

    /// <summary>Writes the text.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="text">Gets the text; it must have at least <see cref="Longest"/> bytes.</param>
    /// <returns>The length of the text.</returns>
    public static int Write(DateTimeOffset instant, Span<byte> text)
    {
        var utc = instant.UtcDateTime;
        WriteDigits(utc.Year, text[..4]);
        text[4] = (byte)'-';
        WriteDigits(utc.Month, text[5..7]);
        text[7] = (byte)'-';
        WriteDigits(utc.Day, text[8..10]);
        text[10] = (byte)' ';
        WriteDigits(utc.Hour, text[11..13]);
        text[13] = (byte)':';
        WriteDigits(utc.Minute, text[14..16]);
        text[16] = (byte)':';
        WriteDigits(utc.Second, text[17..WholeSeconds]);
        var fraction = (int)(utc.Ticks % TimeSpan.TicksPerSecond);
        if (fraction == 0)
        {
            return WholeSeconds;
        }

        text[WholeSeconds] = (byte)'.';
        WriteDigits(fraction, text[(WholeSeconds + 1)..Longest]);
        return text[..Longest].TrimEnd((byte)'0').Length;
    }

    /// <summary>The text of an instant.</summary>
    public static string Of(DateTimeOffset instant)
    {
        Span<byte> text = stackalloc byte[Longest];
        return System.Text.Encoding.ASCII.GetString(text[..Write(instant, text)]);
    }

    /// <summary>
    /// Reads a text, even one in another format, as it may be after an edit by hand in SQL. A text that is no instant reads as the begin of
    /// 1970.
    /// </summary>
    public static DateTimeOffset Read(string text)
    {
        if (TryReadExact(text, out var instant))
        {
            return instant;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant) ? instant : DateTimeOffset.UnixEpoch;
    }

    // This may run a million times a minute, and is faster than the framework's parser, which tries every format that a date can have.
    private static bool TryReadExact(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length is < WholeSeconds or > Longest || text[4] != '-' || text[7] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var ticks = 0;
        if (text.Length > WholeSeconds)
        {
            if (text[WholeSeconds] != '.' || !TryReadDigits(text[(WholeSeconds + 1)..], out ticks))
            {
                return false;
            }

            for (var digits = text.Length - WholeSeconds - 1; digits < 7; digits++)
            {
                ticks *= 10;
            }
        }

        if (!TryReadDigits(text[..4], out var year) || !TryReadDigits(text[5..7], out var month) || !TryReadDigits(text[8..10], out var day)
            || !TryReadDigits(text[11..13], out var hour) || !TryReadDigits(text[14..16], out var minute) || !TryReadDigits(text[17..WholeSeconds], out var second)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        instant = new DateTimeOffset(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(ticks));
        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return digits.Length > 0;
    }

    private static void WriteDigits(int number, Span<byte> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
