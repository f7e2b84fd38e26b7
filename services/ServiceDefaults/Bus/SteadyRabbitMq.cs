using MassTransit;
using MassTransit.Configuration;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Transports;
using RabbitMQ.Client.Exceptions;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>
/// MassTransit's bus on RabbitMQ, changed so that it reconnects at once. MassTransit waits 3 s after the first lost connection and longer
/// after each later one, up to 30 s, and never resets that count. A receive endpoint that the broker has refused once stays dead.
/// MassTransit has no setting for this, so classes of its configuration are overridden here. Between two attempts lie <c>Pause</c> and a
/// second of MassTransit's own.
/// </summary>
internal sealed class SteadyRabbitMq : TransportRegistrationBusFactory<IRabbitMqReceiveEndpointConfigurator>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private const int Tries = 1000; // after these MassTransit begins a new series
    private const int FirstFault = 400; // AMQP's reply codes from here on are faults

    private readonly Configuration _configuration;
    private readonly Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> _configure;

    /// <summary>Makes the factory, in place of MassTransit's <c>UsingRabbitMq</c>.</summary>
    public SteadyRabbitMq(Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> configure)
        : this(new Configuration(new RabbitMqTopologyConfiguration(RabbitMqBusFactory.CreateMessageTopology())), configure)
    {
    }

    private SteadyRabbitMq(Configuration configuration, Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> configure)
        : base(configuration.Steady)
        => (_configuration, _configure) = (configuration, configure);

    /// <inheritdoc/>
    public override IBusInstance CreateBus(IBusRegistrationContext context, IEnumerable<IBusInstanceSpecification> specifications, string busName)
        => CreateBus(new RabbitMqBusFactoryConfigurator(_configuration), context, _configure, specifications);

    private sealed class Configuration : RabbitMqBusConfiguration, IRabbitMqBusConfiguration, IBusConfiguration
    {
        public Configuration(RabbitMqTopologyConfiguration topology)
            : base(topology)
            => Steady = new Host(this, topology);

        public Host Steady { get; }

        IRabbitMqHostConfiguration IRabbitMqBusConfiguration.HostConfiguration => Steady;

        IHostConfiguration IBusConfiguration.HostConfiguration => Steady;

        ConnectHandle IEndpointConfigurationObserverConnector.ConnectEndpointConfigurationObserver(IEndpointConfigurationObserver observer)
            => Steady.ConnectEndpointConfigurationObserver(observer);
    }

    private sealed class Host(IRabbitMqBusConfiguration bus, IRabbitMqTopologyConfiguration topology) : RabbitMqHostConfiguration(bus, topology)
    {
        /// <summary>Retries after any fault, since an endpoint that does not receive is of no use.</summary>
        public override IRetryPolicy ReceiveTransportRetryPolicy { get; } = Retry.CreatePolicy(retry => retry.Interval(Tries, Pause));

        /// <summary>
        /// Retries after faults of the connection only. A message that the broker refuses for another reason is an exception at its sender.
        /// </summary>
        public override IRetryPolicy SendTransportRetryPolicy { get; } = Retry.CreatePolicy(retry =>
        {
            retry.Handle<ConnectionException>();
            retry.Handle<AlreadyClosedException>();
            retry.Handle<EndOfStreamException>();
            retry.Handle<OperationInterruptedException>(fault => fault.ShutdownReason?.ReplyCode >= FirstFault);
            retry.Interval(Tries, Pause);
        });
    }
}
