using System.Globalization;
using System.Net;
using Skypunch.Contracts.Texts;

namespace Skypunch.Prober.Tracing;

/// <summary>Values in words.</summary>
internal static class Words
{
    private const int LongestQuote = 80;

    /// <summary>A time with its unit: "10 s", "250 ms", "0.4 ms".</summary>
    public static string Of(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.#} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    /// <summary>An instant in UTC: "2026-01-31 12:00:00 UTC".</summary>
    public static string Of(DateTime instant)
        => instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Any value of a trace.</summary>
    public static string Of(object? value) => value switch
    {
        string text => OneLine.Of(text),
        TimeSpan time => Of(time),
        DateTime instant => Of(instant),
        IPAddress[] addresses => string.Join(", ", addresses.AsEnumerable()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => OneLine.Of(value?.ToString()),
    };

    /// <summary>A stored value in quotes, shortened, on one line.</summary>
    public static string Quote(string? value) => $"'{Cap(OneLine.Of(value), LongestQuote + 1)}'";

    /// <summary>
    /// The text, cut to a number of characters with "…" at its end. A surrogate pair is not cut in two, so the result may have a character
    /// less.
    /// </summary>
    public static string Cap(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = most - 1;
        return $"{text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)]}…"; // not half of a surrogate pair
    }

    /// <summary>A list in words: "a, b and c".</summary>
    public static string List(IReadOnlyList<string> items)
        => items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";
}
