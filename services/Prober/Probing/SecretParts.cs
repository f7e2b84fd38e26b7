using System.Net;
using System.Text.Json;
using Skypunch.Contracts.Texts;

namespace Skypunch.Prober.Probing;

/// <summary>
/// The secrets within a request. A target may send back a part of what it was sent, such as the value of a cookie or a field of a form. A
/// short or common value is no secret unless its field is named like one: to mask every "status" would hide what a trace is for. Pure.
/// </summary>
internal static class SecretParts
{
    private const int Most = 256;
    private const int ShortestUnnamed = 8;
    private const int LongestWord = 15;

    /// <summary>Of a header that is a secret: its value, what follows a scheme such as Bearer, and the values in it.</summary>
    public static IEnumerable<string> OfHeader(string value)
        => [value, value[(value.IndexOf(' ') + 1)..].Trim(), .. Secrets(value.Split([';', ','], StringSplitOptions.TrimEntries).Select(Pair))];

    /// <summary>Of a query: the values of parameters that are named like a secret, encoded and decoded.</summary>
    public static IEnumerable<string> OfQuery(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? url[(mark + 1)..].Split('#')[0] : "";
        return Split(query).Where(pair => HeaderText.IsSecret(WebUtility.UrlDecode(pair.Name))).SelectMany(pair => Both(pair.Value));
    }

    /// <summary>Of a body: all of it, and the values of a JSON document or a form.</summary>
    public static IEnumerable<string> OfBody(string body, bool isJson)
        => [body.Trim(), .. Secrets(isJson ? OfJson(body) : OfForm(body)).Take(Most)];

    private static IEnumerable<(string Name, string Value)> OfForm(string body)
        => Split(body.Trim()).SelectMany(pair => Both(pair.Value).Select(value => (WebUtility.UrlDecode(pair.Name), value)));

    private static List<(string Name, string Value)> OfJson(string body)
    {
        var found = new List<(string, string)>();
        using var document = JsonDocument.Parse(body);
        Walk(document.RootElement, "");
        return found;

        void Walk(JsonElement element, string name)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                    {
                        Walk(property.Value, HeaderText.IsSecret(name) ? name : property.Name);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                    {
                        Walk(item, name);
                    }

                    break;
                case JsonValueKind.String:
                    found.Add((name, element.GetString()!));
                    break;
                case JsonValueKind.Number:
                    found.Add((name, element.GetRawText()));
                    break;
            }
        }
    }

    private static IEnumerable<string> Secrets(IEnumerable<(string Name, string Value)> pairs)
        => pairs.Where(pair => HeaderText.IsSecret(pair.Name) || LooksSecret(pair.Value)).Select(pair => pair.Value);

    // A word is letters alone; a key or a password has digits or signs in it, or is longer than words are.
    private static bool LooksSecret(string value)
        => value.Length >= ShortestUnnamed && !value.Contains(' ', StringComparison.Ordinal) && (value.Length > LongestWord || !value.All(char.IsLetter));

    private static IEnumerable<(string Name, string Value)> Split(string text) => text.Split('&').Select(Pair).Where(pair => pair.Value.Length > 0);

    private static string[] Both(string value) => WebUtility.UrlDecode(value) is var meant && meant == value ? [value] : [value, meant];

    private static (string Name, string Value) Pair(string text)
        => text.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (text[..at].Trim(), text[(at + 1)..].Trim().Trim('"')) : ("", "");
}
