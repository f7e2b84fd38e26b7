namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// Which transport the bus has. RabbitMQ's own settings are MassTransit's <c>RabbitMqTransportOptions</c>, in the section RabbitMq.
/// </summary>
public sealed class BusOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Bus";

    /// <summary>RabbitMq, or InMemory where all of Skypunch is one process.</summary>
    public BusTransport Transport { get; set; } = BusTransport.RabbitMq;
}

/// <summary>The transports of the bus.</summary>
public enum BusTransport
{
    /// <summary>A RabbitMQ broker.</summary>
    RabbitMq,

    /// <summary>The memory of this process, where all of Skypunch is one process.</summary>
    InMemory,
}
