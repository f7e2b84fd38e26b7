namespace Skypunch.ServiceDefaults.Bus;

/// <summary>Which bus carries the messages. RabbitMQ's own settings are MassTransit's <c>RabbitMqTransportOptions</c>, in the section RabbitMq.</summary>
public sealed class BusOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Bus";

    /// <summary>RabbitMq, or InMemory where all of Skypunch is one process.</summary>
    public BusTransport Transport { get; set; } = BusTransport.RabbitMq;
}

/// <summary>What carries the messages.</summary>
public enum BusTransport
{
    /// <summary>A RabbitMQ broker.</summary>
    RabbitMq,

    /// <summary>The memory of the one process.</summary>
    InMemory,
}
