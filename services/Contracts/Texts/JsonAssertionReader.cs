using System.Globalization;
using System.Text.Json;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// Reads an assertion about the value at a JSON path. The path is read first, so that its names may contain the signs of a comparison.
/// </summary>
internal sealed class JsonAssertionReader(AssertionCursor cursor, bool isStored)
{
    private const string Verbs = "==, !=, <, <=, >, >=, exists, absent, length, matches or not matches";

    /// <summary>Reads the assertion; null: the cursor says what is wrong.</summary>
    public Assertion? Read()
    {
        var reader = new JsonPathReader(cursor.Text, cursor.At, isStored);
        if (reader.Read() is not { } path)
        {
            return cursor.Refuse(reader.Fault);
        }

        cursor.At = reader.At;
        cursor.SkipBlanks();
        var (at, isPathOver) = (cursor.At, cursor.At > reader.At || cursor.At == cursor.Text.Length);
        if (cursor.Sign() is { } sign)
        {
            return sign is Comparison.Equal or Comparison.NotEqual ? ReadValue(path, sign) : ReadNumber(path, sign);
        }

        var isNegative = cursor.TakeWord("not");
        return (cursor.Word(), isNegative) switch
        {
            ("exists" or "present", _) => AtEnd(new JsonExists(cursor.Text, path) { IsNegative = isNegative }),
            ("absent", false) => AtEnd(new JsonExists(cursor.Text, path) { IsNegative = true }),
            ("length", false) => ReadLength(path),
            ("matches", _) => cursor.Pattern() is { } pattern ? new JsonMatches(cursor.Text, path, pattern) { IsNegative = isNegative } : null,
            _ => isPathOver ? cursor.Refuse(at, $"there must be {Verbs}") : cursor.Refuse(reader.WhatMayFollow),
        };
    }

    private JsonEquals? ReadValue(JsonPath path, Comparison sign)
        => cursor.Rest("a value, as JSON writes it or a text") is { } wanted
            ? new JsonEquals(cursor.Text, path, wanted) { IsNegative = sign is Comparison.NotEqual }
            : null;

    private Assertion? ReadNumber(JsonPath path, Comparison sign)
    {
        var at = cursor.At;
        return cursor.Rest("a number") is { } number && IsNumber(number)
            ? new JsonCompares(cursor.Text, path, sign, number)
            : cursor.Refuse(at, $"there must be a number, as JSON writes it: {sign.Sign()} compares numbers only");
    }

    private Assertion? ReadLength(JsonPath path)
    {
        var at = cursor.At;
        if (cursor.Sign() is not { } sign)
        {
            return cursor.Refuse(at, "there must be ==, !=, <, <=, > or >= and a number, as in 'json $.items length > 0'");
        }

        at = cursor.At;
        return cursor.Rest("a number") is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? new JsonLength(cursor.Text, path, sign, length)
            : cursor.Refuse(at, "there must be a whole number from 0, as in 'json $.items length > 0'");
    }

    private Assertion? AtEnd(Assertion assertion)
        => cursor.At == cursor.Text.Length ? assertion : cursor.Refuse(cursor.At, "nothing more may stand");

    private static bool IsNumber(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
