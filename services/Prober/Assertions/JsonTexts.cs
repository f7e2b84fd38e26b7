using System.Text.Json;

namespace Skypunch.Prober.Assertions;

/// <summary>Texts in JSON. Pure.</summary>
internal static class JsonTexts
{
    /// <summary>The text; null: the value is no text, or has an escaped half of a surrogate pair.</summary>
    public static string? Of(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// How many characters, elements or members the value has, as the function length of RFC 9535 (section 2.4.4) counts; null: it has no
    /// length.
    /// </summary>
    public static int? LengthOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Of(value)?.EnumerateRunes().Count(),
        JsonValueKind.Array => value.GetArrayLength(),
        JsonValueKind.Object => value.GetPropertyCount(),
        _ => null,
    };
}
