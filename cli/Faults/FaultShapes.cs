using System.Text.Json.Serialization;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Faults;

/// <summary>What stderr holds when a run fails, for programs.</summary>
[JsonSerializable(typeof(ErrorJson))]
internal sealed partial class FaultShapes : JsonSerializerContext
{
    /// <summary>The types in the <see cref="JsonShape"/>.</summary>
    public static FaultShapes Json { get; } = new(JsonShape.NewOptions());
}
