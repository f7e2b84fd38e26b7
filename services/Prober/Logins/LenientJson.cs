using System.Text.Json;

namespace Skypunch.Prober.Logins;

/// <summary>JSON from somebody else: a part of another shape than expected counts as missing.</summary>
internal static class LenientJson
{
    /// <summary>The document; null where the text is no JSON, such as a proxy's error page.</summary>
    public static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What stands at a path of names.</summary>
    public static JsonElement? At(this JsonElement? element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            element = Property(element, name);
        }

        return element;
    }

    /// <summary>The items of a list; none where it is no list.</summary>
    public static IEnumerable<JsonElement?> Items(this JsonElement? element)
        => element is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(item => (JsonElement?)item) : [];

    /// <summary>The text; null where the element is no text.</summary>
    public static string? Text(this JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // an escaped half of a surrogate pair
        }
    }

    private static JsonElement? Property(JsonElement? element, string name)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            return null; // an escaped half of a surrogate pair in a name
        }
    }
}
