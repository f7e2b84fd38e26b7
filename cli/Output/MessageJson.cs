using System.Collections;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Enum = System.Enum;

namespace Skypunch.Cli.Output;

/// <summary>
/// A message of the admin API in the shape that <see cref="JsonShape"/> promises: its fields by their names in the API. A field that the API gets later is a member by itself.
/// </summary>
internal static class MessageJson
{
    /// <summary>The members that the fields of a message make.</summary>
    /// <param name="message">The message.</param>
    /// <param name="without">Fields that make none, in messages within the message too.</param>
    public static Dictionary<string, JsonNode?> MembersOf(IMessage message, params string[] without) => message.Descriptor.Fields.InFieldNumberOrder()
        .Where(field => !without.Contains(field.Name))
        .ToDictionary(NameOf, field => Of(ValueOf(field, message), without));

    /// <summary>The message as an object.</summary>
    public static JsonObject ObjectOf(IMessage message) => new(MembersOf(message));

    /// <summary>The value of a field; null where it may be unset and is.</summary>
    public static object? ValueOf(FieldDescriptor field, IMessage message)
        => field.HasPresence && !field.Accessor.HasValue(message) ? null : field.Accessor.GetValue(message);

    /// <summary>The name of the member: that of the field, with the unit of a duration.</summary>
    public static string NameOf(FieldDescriptor field)
        => field.FieldType is FieldType.Message && field.MessageType == Duration.Descriptor ? $"{field.Name}_seconds" : field.Name;

    private static JsonNode? Of(object? value, string[] without) => value switch
    {
        null or "" => null,
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        double number => number,
        Enum word => JsonShape.NullIfEmpty(EnumWords.Of(word)),
        Timestamp time => Times.Utc(time),
        Duration duration => Times.Seconds(duration),
        IDictionary<string, string> texts => new JsonObject(texts.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value))),
        IList items => new JsonArray([.. items.Cast<object>().Select(item => Of(item, without))]),
        IMessage part => new JsonObject(MembersOf(part, without)),
        _ => throw new NotSupportedException($"{value.GetType()} has no shape in JSON"),
    };
}
