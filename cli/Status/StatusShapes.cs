using System.Text.Json.Serialization;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Status;

/// <summary>What <c>status</c> prints for programs.</summary>
[JsonSerializable(typeof(SystemStatusJson))]
internal sealed partial class StatusShapes : JsonSerializerContext
{
    /// <summary>The types in the <see cref="JsonShape"/>.</summary>
    public static StatusShapes Json { get; } = new(JsonShape.NewOptions());
}
