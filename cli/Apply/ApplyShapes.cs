using System.Text.Json.Serialization;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Apply;

/// <summary>What <c>apply</c> prints for programs.</summary>
[JsonSerializable(typeof(ApplyJson))]
internal sealed partial class ApplyShapes : JsonSerializerContext
{
    /// <summary>The types in the <see cref="JsonShape"/>.</summary>
    public static ApplyShapes Json { get; } = new(JsonShape.NewOptions());
}
