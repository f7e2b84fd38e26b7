using System.Text.Json;
using System.Text.Json.Serialization;
using Skypunch.DatabaseDefaults;

namespace Skypunch.Scheduler.Store;

/// <summary>Writes instants in JSON in the format that both databases read.</summary>
internal sealed class SqlInstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => throw new NotSupportedException("Instants are only written.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[InstantText.Longest];
        writer.WriteStringValue(text[..InstantText.Write(value, text)]);
    }
}
