using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Skypunch.DatabaseDefaults;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Writes the rows of a <see cref="BulkUpdate{TRow}"/> for MySQL's JSON_TABLE, as an array of arrays, which is half as long as an array of
/// objects. Pure.
/// </summary>
internal static class RowsJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the rows.</summary>
    public static string Write<TRow>(IEnumerable<TRow> rows, Func<TRow, object?>[] values)
    {
        var text = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(text, Relaxed))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartArray();
                foreach (var value in values)
                {
                    Write(json, value(row));
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset instant:
                json.WriteStringValue(InstantText.Of(instant));
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            default:
                throw new NotSupportedException($"{value.GetType()} is not written to the store.");
        }
    }
}
