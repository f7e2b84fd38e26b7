using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace Skypunch.Contracts.Texts;

/// <summary>How long something was, for people.</summary>
public static class SpanText
{
    /// <summary>To the second, such as "2d1h30m5s", as options take it; less than half a second as "&lt;1s".</summary>
    public static string Of(TimeSpan exact)
    {
        var (text, rest) = (new StringBuilder(), (long)Math.Round(exact.TotalSeconds, MidpointRounding.AwayFromZero));
        foreach (var (unit, name) in new[] { (86_400, 'd'), (3600, 'h'), (60, 'm'), (1, 's') })
        {
            if (rest >= unit)
            {
                text.Append(CultureInfo.InvariantCulture, $"{rest / unit}{name}");
                rest %= unit;
            }
        }

        return text.Length > 0 ? text.ToString() : exact > TimeSpan.Zero ? "<1s" : "0s";
    }

    /// <summary>How long a probe took, in two or three digits: "0.41ms", "41ms", "1.23s".</summary>
    public static string OfProbe(TimeSpan exact) => exact.TotalMilliseconds switch
    {
        var ms and < 1 => Invariant($"{ms:0.00}ms"),
        var ms and < 9.95 => Invariant($"{ms:0.0}ms"),
        var ms and < 999.5 => Invariant($"{ms:0}ms"),
        var ms and < 9995 => Invariant($"{ms / 1000:0.00}s"),
        var ms => Invariant($"{ms / 1000:0.0}s"),
    };
}
