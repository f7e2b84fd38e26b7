namespace Skypunch.ServiceDefaults.Bus;

/// <summary>Whom we believe to be the broker, where the connection is by TLS. The other settings of the section are MassTransit's <c>RabbitMqTransportOptions</c>.</summary>
public sealed class BrokerTlsOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "RabbitMq";

    /// <summary>A PEM file of certificate authorities that are trusted beside the system's; null: only the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>The name that must stand in the broker's certificate; null: the broker's host.</summary>
    public string? ServerName { get; set; }
}
