using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Targets;

/// <summary>What the verbs of targets print for programs.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonObject[]))]
[JsonSerializable(typeof(ProbeReportJson))]
[JsonSerializable(typeof(TargetTracesJson))]
[JsonSerializable(typeof(GroupJson[]))]
[JsonSerializable(typeof(TargetCountJson))]
[JsonSerializable(typeof(ManyChangedJson))]
[JsonSerializable(typeof(WatchedJson))]
internal sealed partial class TargetShapes : JsonSerializerContext
{
    /// <summary>The types in the <see cref="JsonShape"/>.</summary>
    public static TargetShapes Json { get; } = new(JsonShape.NewOptions());

    /// <summary>The same, each object on one line, for what goes on and on.</summary>
    public static TargetShapes Lines { get; } = new(new JsonSerializerOptions(JsonShape.NewOptions()) { WriteIndented = false });
}
