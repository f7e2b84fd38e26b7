using System.Globalization;

namespace Skypunch.Contracts.Texts;

/// <summary>Reads an assertion word by word. A fault says at which column what must be written.</summary>
/// <param name="cursor">The text.</param>
/// <param name="isStored">Whether the text comes from a row. Then what earlier releases accepted is read as they read it.</param>
internal sealed class AssertionReader(AssertionCursor cursor, bool isStored)
{
    private const int MostDays = 3650;

    private static readonly TimeSpan LongestLatency = TimeSpan.FromMinutes(5);

    /// <summary>Reads the assertion; null: the cursor says what is wrong.</summary>
    public Assertion? Read() => cursor.Word() switch
    {
        "body" => ReadBody(),
        "json" => new JsonAssertionReader(cursor, isStored).Read(),
        "header" => ReadHeader(),
        "latency" => ReadLatency(),
        "certificate" => ReadCertificate(),
        _ => cursor.Refuse(0, "there must be body, json, header, latency or certificate, as in 'body contains OK'"),
    };

    private Assertion? ReadBody()
    {
        var at = cursor.At;
        var isNegative = cursor.TakeWord("not");
        switch (cursor.Word())
        {
            case "contains":
                return cursor.Rest("a text") is { } wanted ? new BodyContains(cursor.Text, wanted) { IsNegative = isNegative } : null;
            case "matches":
                return cursor.Pattern() is { } pattern ? new BodyMatches(cursor.Text, pattern) { IsNegative = isNegative } : null;
            default:
                return cursor.Refuse(at, "there must be contains TEXT, not contains TEXT, matches REGEX or not matches REGEX");
        }
    }

    private Assertion? ReadHeader()
    {
        var from = cursor.At;
        var name = cursor.UptoBlank();
        if (name.Length == 0 || (!isStored && !name.All(IsOfToken)))
        {
            return cursor.Refuse(from, "there must be the name of a header, without a colon, as in 'header ETag present'");
        }

        var at = cursor.At;
        var isNegative = cursor.TakeWord("not");
        switch (cursor.Word())
        {
            case "present" or "exists":
                return AtEnd(new HeaderPresent(cursor.Text, name) { IsNegative = isNegative });
            case "absent" when !isNegative:
                return AtEnd(new HeaderPresent(cursor.Text, name) { IsNegative = true });
            case "matches":
                return cursor.Pattern() is { } pattern ? new HeaderMatches(cursor.Text, name, pattern) { IsNegative = isNegative } : null;
            default:
                return cursor.Refuse(at, "there must be present, absent, matches REGEX or not matches REGEX");
        }
    }

    private Assertion? ReadLatency()
    {
        var at = cursor.At;
        var sign = cursor.Sign();
        if (sign is not (Comparison.Less or Comparison.Greater))
        {
            return cursor.Refuse(at, "there must be < or >, as in 'latency < 500ms'");
        }

        at = cursor.At;
        return cursor.Rest("a time") is { } text && TryDuration(text, out var limit)
            ? new Latency(cursor.Text, sign.Value, limit)
            : cursor.Refuse(at, "there must be a time in ms or s, more than 0 and at most 300s, as in 500ms or 1.5s");
    }

    private Assertion? ReadCertificate()
    {
        var at = cursor.At;
        if (cursor.Sign() is not Comparison.Greater)
        {
            return cursor.Refuse(at, "there must be >, as in 'certificate > 14d'");
        }

        at = cursor.At;
        return cursor.Rest("a number of days") is { } text && TryDays(text, out var days)
            ? new CertificateValidFor(cursor.Text, days)
            : cursor.Refuse(at, string.Create(CultureInfo.InvariantCulture, $"there must be a whole number of days, from 0d to {MostDays}d, as in 14d"));
    }

    private Assertion? AtEnd(Assertion assertion)
        => cursor.At == cursor.Text.Length ? assertion : cursor.Refuse(cursor.At, "nothing more may stand");

    private static bool IsOfToken(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        var unit = text.EndsWith("ms", StringComparison.Ordinal) ? "ms" : text.EndsWith('s') ? "s" : "";
        var isNumber = double.TryParse(text[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        duration = isNumber && number <= 300_000 ? TimeSpan.FromMilliseconds(unit == "ms" ? number : number * 1000) : default;
        return isNumber && unit.Length > 0 && duration > TimeSpan.Zero && duration <= LongestLatency;
    }

    private static bool TryDays(string text, out int days)
        => int.TryParse(text.EndsWith('d') ? text[..^1].TrimEnd() : "", NumberStyles.None, CultureInfo.InvariantCulture, out days) && days <= MostDays;
}
