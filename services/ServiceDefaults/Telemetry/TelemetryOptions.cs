namespace Skypunch.ServiceDefaults.Telemetry;

/// <summary>Who may read the metrics.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Metrics";

    /// <summary>
    /// The bearer token that a reader of <c>/metrics</c> on another machine must show; null: only callers on this machine, or with the
    /// admin token, may read it.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>A file that holds the token. <see cref="Token"/> has precedence.</summary>
    public string? TokenFile { get; set; }
}
