using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Skypunch.Scheduler.Store;

/// <summary>Writes an instant as EF Core stores it in SQLite, where instants are compared as text; MySQL reads the same form.</summary>
internal sealed class SqlInstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => throw new NotSupportedException("Instants are only written.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
}
