using System.Text.Json.Serialization;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Notifiers;

/// <summary>What the verbs of notifiers print for programs.</summary>
[JsonSerializable(typeof(NotifierJson))]
[JsonSerializable(typeof(NotifierJson[]))]
[JsonSerializable(typeof(NotifierTestJson))]
[JsonSerializable(typeof(VerdictJson[]))]
[JsonSerializable(typeof(DeliveryJson[]))]
[JsonSerializable(typeof(NotifierTypeJson[]))]
internal sealed partial class NotifierShapes : JsonSerializerContext
{
    /// <summary>The types in the <see cref="JsonShape"/>.</summary>
    public static NotifierShapes Json { get; } = new(JsonShape.NewOptions());
}
