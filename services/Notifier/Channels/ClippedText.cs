using System.Text;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels;

/// <summary>Texts within the limits of a receiver. They are cut between characters, and "…" stands where something is missing. Pure.</summary>
internal static class ClippedText
{
    /// <summary>The text on one line, of at most so many characters.</summary>
    public static string OfLine(string? text, int most) => Of(OneLine.Of(text).Trim(), most);

    /// <summary>The text, of at most so many characters.</summary>
    public static string Of(string text, int most) => Fit(text, most, written => written.Length);

    /// <summary>The longest beginning of a text that a receiver has room for; empty where there is no room.</summary>
    /// <param name="text">The text.</param>
    /// <param name="room">How much room there is, in whatever the receiver counts.</param>
    /// <param name="measure">How much room a text takes as the receiver gets it. A longer text takes no less.</param>
    /// <param name="ellipsis">What stands in place of the rest.</param>
    public static string Fit(string text, int room, Func<string, int> measure, string ellipsis = "…")
    {
        var whole = WithoutHalves(text);
        if (measure(whole) <= room)
        {
            return whole;
        }

        var (fits, tooLong) = (-1, whole.Length);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            (fits, tooLong) = measure(Beginning(whole, middle) + ellipsis) <= room ? (middle, tooLong) : (fits, middle);
        }

        return fits <= 0 ? "" : Beginning(whole, fits) + ellipsis;
    }

    private static string Beginning(string text, int length) => text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    // Half of a surrogate pair is no character, and cannot be written.
    private static string WithoutHalves(string text) => text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
}
