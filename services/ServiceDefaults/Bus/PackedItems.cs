using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MessagePack;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// Packs a message's lists of jobs and results, whose items have the <see cref="MessagePackObjectAttribute"/>, with MessagePack into one
/// text of the JSON message. As JSON these lists would take six times the CPU (decision 9). Fields are identified by their numbers, so that
/// releases understand each other: a number is never given to another field, and a new field has a default. A list in plain JSON can be
/// read, too.
/// </summary>
public sealed class PackedItems : JsonConverterFactory
{
    // Limits the memory and CPU time that reading a malicious message can take: see the library's notes on untrusted data.
    private static readonly MessagePackSerializerOptions Options = MessagePackSerializerOptions.Standard.WithSecurity(MessagePackSecurity.UntrustedData);

    /// <summary>Has such lists packed, and messages checked when they are read (<see cref="CompleteMessage"/>).</summary>
    /// <param name="options">The options by which messages are serialized. They are changed and returned.</param>
    public static JsonSerializerOptions AddTo(JsonSerializerOptions options)
    {
        // MassTransit has one instance of the options for the whole process, and this runs for each bus.
        if (!options.Converters.Any(converter => converter is PackedItems))
        {
            options.Converters.Insert(0, new PackedItems());
            options.TypeInfoResolver = options.TypeInfoResolver?.WithAddedModifier(CompleteMessage.CheckWhenRead);
        }

        return options;
    }

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert)
        => typeToConvert.IsGenericType
            && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            && typeToConvert.GenericTypeArguments[0] is { } item
            && item.GetCustomAttribute<MessagePackObjectAttribute>() is not null;

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
        => (JsonConverter)Activator.CreateInstance(typeof(PackedList<>).MakeGenericType(typeToConvert.GenericTypeArguments[0]))!;

    private sealed class PackedList<T> : JsonConverter<IReadOnlyList<T>>
    {
        public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType is JsonTokenType.StartArray
                ? JsonSerializer.Deserialize<List<T>>(ref reader, options)
                : MessagePackSerializer.Deserialize<T[]>(reader.GetBytesFromBase64(), Options);

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
            => writer.WriteBase64StringValue(MessagePackSerializer.Serialize(value, Options));
    }
}
