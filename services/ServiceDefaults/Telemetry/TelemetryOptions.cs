namespace Skypunch.ServiceDefaults.Telemetry;

/// <summary>Who may read the metrics.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Metrics";

    /// <summary>The bearer token that a reader of <c>/metrics</c> on another machine must show. None: it is read on this machine only.</summary>
    public string? Token { get; set; }

    /// <summary>A file that holds the token. <see cref="Token"/> goes before it.</summary>
    public string? TokenFile { get; set; }
}
