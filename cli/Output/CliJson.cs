using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Skypunch.Cli.Apply;
using Skypunch.Cli.Daemon;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Notifiers;
using Skypunch.Cli.Status;
using Skypunch.Cli.Targets;

namespace Skypunch.Cli.Output;

/// <summary>
/// The JSON of <c>-o json</c>. Its shape is a promise: names in snake_case, ids and counters as numbers, times as ISO 8601 in UTC,
/// durations in seconds, a list as an array, null where there is nothing. Members may be added, none is renamed or dropped. Generated at
/// build time, since the program is compiled ahead of time.
/// </summary>
[JsonSerializable(typeof(TargetJson))]
[JsonSerializable(typeof(TargetJson[]))]
[JsonSerializable(typeof(ProbeReportJson))]
[JsonSerializable(typeof(TargetTracesJson))]
[JsonSerializable(typeof(NotifierJson))]
[JsonSerializable(typeof(NotifierJson[]))]
[JsonSerializable(typeof(NotifierTestJson))]
[JsonSerializable(typeof(DeliveryJson[]))]
[JsonSerializable(typeof(SystemStatusJson))]
[JsonSerializable(typeof(ApplyJson))]
[JsonSerializable(typeof(StartedJson))]
[JsonSerializable(typeof(StoppedJson))]
[JsonSerializable(typeof(ErrorJson))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>The one to use.</summary>
    public static CliJson Shape { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // names stay readable; controls are escaped, and it is no HTML
    });
}
