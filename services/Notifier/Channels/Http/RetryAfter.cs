using System.Globalization;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>When a server wants to be asked again (RFC 9110, section 10.2.3): after so many seconds, or at a date. Pure.</summary>
internal static class RetryAfter
{
    // The three formats of a date (RFC 9110, section 5.6.7).
    private static readonly string[] Dates = ["ddd, dd MMM yyyy HH:mm:ss 'GMT'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>How long to wait; null: the server does not say, or what it says cannot be read.</summary>
    /// <param name="header">The value of the header.</param>
    /// <param name="now">When the header came.</param>
    public static TimeSpan? Read(string? header, DateTimeOffset now)
    {
        var text = header?.Trim() ?? "";
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return TimeSpan.FromSeconds(Math.Ceiling(seconds)); // some servers say 0.25
        }

        return DateTimeOffset.TryParseExact(
            text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var at)
                ? at > now ? at - now : TimeSpan.Zero
                : null;
    }
}
