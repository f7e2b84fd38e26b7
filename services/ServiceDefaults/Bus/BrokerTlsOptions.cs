namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// How the broker's certificate is checked on a TLS connection. The other settings of the section are MassTransit's
/// <c>RabbitMqTransportOptions</c>.
/// </summary>
public sealed class BrokerTlsOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "RabbitMq";

    /// <summary>
    /// A PEM file of certificate authorities that are trusted in addition to the system's; null: only the system's are trusted.
    /// </summary>
    public string? CaFile { get; set; }

    /// <summary>The name that the broker's certificate must have; null: the broker's host name.</summary>
    public string? ServerName { get; set; }
}
