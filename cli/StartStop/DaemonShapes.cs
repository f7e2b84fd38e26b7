using System.Text.Json.Serialization;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.StartStop;

/// <summary>What <c>start</c> and <c>stop</c> print for programs.</summary>
[JsonSerializable(typeof(OpenedJson))]
[JsonSerializable(typeof(StartedJson))]
[JsonSerializable(typeof(StoppedJson))]
internal sealed partial class DaemonShapes : JsonSerializerContext
{
    /// <summary>The types in the <see cref="JsonShape"/>.</summary>
    public static DaemonShapes Json { get; } = new(JsonShape.NewOptions());
}
