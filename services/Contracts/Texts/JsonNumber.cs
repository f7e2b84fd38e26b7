using System.Globalization;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// A JSON number of any length, compared by its value: 1.0 equals 1, and 1e99999999999 is more than 2. A server may send any number, and no
/// type of .NET can hold all of them.
/// </summary>
public readonly struct JsonNumber
{
    private const long FarthestExponent = 1_000_000_000_000_000_000;

    private readonly bool _isNegative;
    private readonly string _digits; // without zeros at either end; empty: the number is zero
    private readonly long _exponent; // the absolute value is 0.DIGITS × 10^exponent

    private JsonNumber(bool isNegative, string digits, long exponent)
    {
        _isNegative = isNegative && digits.Length > 0;
        _digits = digits;
        _exponent = digits.Length > 0 ? exponent : 0;
    }

    /// <summary>Reads a number, which must be valid JSON.</summary>
    public static JsonNumber Of(string text)
    {
        var isNegative = text.StartsWith('-');
        var number = isNegative ? text[1..] : text;
        var end = number.AsSpan().IndexOfAny('e', 'E') is >= 0 and var at ? at : number.Length;
        var mantissa = number[..end];
        var exponent = end < number.Length ? ExponentOf(number[(end + 1)..]) : 0;
        var point = mantissa.IndexOf('.') is >= 0 and var dot ? dot : mantissa.Length;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        return new JsonNumber(isNegative, significant.TrimEnd('0'), exponent + point - (digits.Length - significant.Length));
    }

    /// <summary>Less than 0: this number is less than the other; 0: they are equal; more than 0: this number is greater.</summary>
    public int CompareTo(JsonNumber other)
    {
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        var magnitude = _exponent != other._exponent ? _exponent.CompareTo(other._exponent) : string.CompareOrdinal(_digits, other._digits);
        return _isNegative ? -magnitude : magnitude;
    }

    private int Sign => _digits.Length == 0 ? 0 : _isNegative ? -1 : 1;

    // An exponent of more than 18 digits is replaced by the largest one.
    private static long ExponentOf(string text)
    {
        var isNegative = text.StartsWith('-');
        var digits = text.TrimStart('+', '-').TrimStart('0');
        var size = digits.Length > 18 ? FarthestExponent : digits.Length == 0 ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return isNegative ? -size : size;
    }
}
