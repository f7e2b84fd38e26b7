using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Skypunch.Scheduler.Store;

/// <summary>An instant as EF Core stores it in SQLite, where instants are compared as text; MySQL reads the same form.</summary>
internal static class SqlInstant
{
    /// <summary>The most characters, all of them ASCII.</summary>
    public const int Longest = 27;

    /// <summary>Writes the text.</summary>
    /// <returns>How long it is.</returns>
    public static int Write(DateTimeOffset instant, Span<byte> text)
    {
        instant.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return length;
    }
}

/// <summary>Writes instants so where they are within JSON.</summary>
internal sealed class SqlInstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => throw new NotSupportedException("Instants are only written.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[SqlInstant.Longest];
        writer.WriteStringValue(text[..SqlInstant.Write(value, text)]);
    }
}
