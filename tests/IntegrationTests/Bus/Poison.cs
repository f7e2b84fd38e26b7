using System.Text;
using System.Text.Json.Nodes;

namespace Skypunch.IntegrationTests.Bus;

/// <summary>A message that no service can process.</summary>
/// <param name="What">What is wrong with the message.</param>
/// <param name="Body">The body of the message.</param>
/// <param name="ContentType">The content type; null for none.</param>
internal sealed record Poison(string What, byte[] Body, string? ContentType = Poison.MassTransit)
{
    private const string MassTransit = "application/vnd.masstransit+json";

    /// <summary>Wraps a message into MassTransit's envelope.</summary>
    public static byte[] Envelope(string type, string message)
        => Encoding.UTF8.GetBytes(
            $$"""
            {"messageId": "{{Guid.NewGuid()}}", "messageType": ["urn:message:Skypunch.Contracts:{{type}}"], "message": {{message}}, "headers": { }, "host": { } }
            """);

    /// <summary>The poison for a queue with messages of a type.</summary>
    /// <param name="type">The type, such as ProbeBatch.</param>
    /// <param name="list">The name of the list in such a message, such as jobs; null if there is no list.</param>
    /// <param name="isPacked">Whether the list is packed.</param>
    public static IEnumerable<Poison> Of(string type, string? list, bool isPacked)
    {
        yield return new("no body", []);
        yield return new("no JSON", "\u0001 garbage"u8.ToArray());
        yield return new("no text", [0xff, 0xfe, 0x00, 0x80]);
        yield return new("an envelope cut off", Envelope(type, "{}")[..40]);
        yield return new("null", "null"u8.ToArray());
        yield return new("a number", "7"u8.ToArray());
        yield return new("a list", "[]"u8.ToArray());
        yield return new("deeper than can be read", [.. Enumerable.Repeat((byte)'[', 5000)]);
        yield return new("no type", Encoding.UTF8.GetBytes("""{"message": {}}"""));
        yield return new("a type that nobody knows", Envelope("Unheard", "{}"));
        yield return new("no message", Encoding.UTF8.GetBytes($$"""{"messageType": ["urn:message:Skypunch.Contracts:{{type}}"] }"""));
        yield return new("a message that is null", Envelope(type, "null"));
        yield return new("a message that is a text", Envelope(type, "\"text\""));
        yield return new("a message that is empty", Envelope(type, "{}"));
        yield return new("another content type", "garbage"u8.ToArray(), "text/plain");
        yield return new("a content type that is none", "garbage"u8.ToArray(), "no/such/type; =");
        yield return new("bare JSON that lacks all", "{}"u8.ToArray(), "application/json");
        foreach (var (what, value) in list is null ? [] : isPacked ? Unlisted.Concat(Unpacked) : Unlisted)
        {
            yield return new($"a list that is {what}", Envelope(type, new JsonObject { [list!] = value }.ToJsonString()));
        }
    }

    /// <summary>
    /// A packed list with an empty item. There is no such poison for jobs: an incomplete job is dropped, and the others of its batch are
    /// run.
    /// </summary>
    public static Poison WithEmptyItem(string type, string list)
        => new("a list that is packed with an item that has nothing", Envelope(type, new JsonObject { [list] = Packed(0x91, 0x90) }.ToJsonString()));

    private static IEnumerable<(string What, JsonNode? Value)> Unlisted =>
    [
        ("null", null),
        ("a number", 7),
        ("a map", new JsonObject()),
        ("of null", new JsonArray((JsonNode?)null)),
        ("of numbers", new JsonArray(7, 8)),
        ("of empty maps", new JsonArray(new JsonObject())),
    ];

    private static IEnumerable<(string What, JsonNode? Value)> Unpacked =>
    [
        ("no base64", "%%%"),
        ("base64 cut off", "kpA"),
        ("packed null", Packed(0xc0)),
        ("packed with null in it", Packed(0x91, 0xc0)),
        ("packed with an item of another kind", Packed(0x91, 0xa1, 0x78)),
        ("packed with fields of other kinds", Packed(0x91, 0x94, 0xa1, 0x78, 0xa1, 0x78, 0xc3, 0xc2)),
        ("packed in a form that nobody knows", Packed(0xc1)),
        ("packed and longer than it is", Packed(0xdd, 0xff, 0xff, 0xff, 0xff)),
        ("packed and deeper than can be read", Packed([.. Enumerable.Repeat((byte)0x91, 5000)])),
        ("packed with a million of nothing", Packed([0xdd, 0x00, 0x10, 0x00, 0x00, .. Enumerable.Repeat((byte)0xc0, 0x100000)])),
    ];

    private static JsonValue Packed(params byte[] bytes) => JsonValue.Create(Convert.ToBase64String(bytes));
}
