using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Maintenance;

/// <summary>What the verbs of maintenance windows print for programs: the fields of the API by their names.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonObject[]))]
internal sealed partial class MaintenanceShapes : JsonSerializerContext
{
    /// <summary>The types in the <see cref="JsonShape"/>.</summary>
    public static MaintenanceShapes Json { get; } = new(JsonShape.NewOptions());

    /// <summary>A window.</summary>
    public static JsonObject Of(MaintenanceWindow window) => MessageJson.ObjectOf(window);
}
