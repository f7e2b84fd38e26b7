using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.History;

/// <summary>What the verbs of the history print for programs.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonObject[]))]
internal sealed partial class HistoryShapes : JsonSerializerContext
{
    /// <summary>The types in the <see cref="JsonShape"/>.</summary>
    public static HistoryShapes Json { get; } = new(JsonShape.NewOptions());
}
