using System.Text.Encodings.Web;
using System.Text.Json;

namespace Skypunch.Cli.Output;

/// <summary>
/// The JSON of <c>-o json</c>. Its shape is a promise: names in snake_case, ids and counters as numbers, times as ISO 8601 in UTC,
/// durations in seconds, a list as an array, null where there is nothing. Members may be added, none is renamed or dropped. Each folder
/// of verbs names the types that it prints, in a <c>JsonSerializerContext</c> that is generated at build time, since the program is
/// compiled ahead of time.
/// </summary>
internal static class JsonShape
{
    /// <summary>A text, or null where there is none.</summary>
    public static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;

    /// <summary>New options: those of a context belong to it alone.</summary>
    public static JsonSerializerOptions NewOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // names stay readable; controls are escaped, and it is no HTML
    };
}
