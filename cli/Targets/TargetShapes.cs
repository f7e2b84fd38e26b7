using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Targets;

/// <summary>What the verbs of targets print for programs.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonObject[]))]
[JsonSerializable(typeof(ProbeReportJson))]
[JsonSerializable(typeof(TargetTracesJson))]
internal sealed partial class TargetShapes : JsonSerializerContext
{
    /// <summary>The types in the <see cref="JsonShape"/>.</summary>
    public static TargetShapes Json { get; } = new(JsonShape.NewOptions());
}
