using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>Configures the connection to RabbitMQ, and what is declared there.</summary>
internal static class RabbitMqBroker
{
    // The broker notices within two heartbeats that a Prober's host has died, and gives its jobs to another Prober.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    // A connection or an answer of the broker that takes longer has failed, and is tried again.
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Answering = TimeSpan.FromSeconds(5);

    // The client's limit is the highest that a broker can have, since the broker has a limit of its own. A client with a lower limit than
    // the broker would lose its connection each time it gets the same large message, for ever. With this limit it gets the message, and
    // MessageGuard puts it aside.
    private const uint MostBytes = 512 * 1024 * 1024;

    // The names of the queues of answers begin so. deploy/make-secrets grants rights by this prefix.
    private const string AnswersPrefix = "answers-";

    // Messages that are put aside are for people to look at. So only the newest are kept, and not more than the broker can hold easily.
    private const int MostAside = 1_000;
    private const long MostBytesAside = 64 * 1024 * 1024;

    /// <summary>Configures the bus.</summary>
    public static void Use(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator transport)
    {
        var broker = context.GetRequiredService<IOptions<RabbitMqTransportOptions>>().Value;
        var tls = context.GetRequiredService<BrokerTls>();
        transport.Host(broker.Host, broker.Port == 0 ? (ushort)5672 : broker.Port, broker.VHost, host =>
        {
            host.Username(broker.User);
            host.Password(broker.Pass);
            host.Heartbeat(Heartbeat);
            host.RequestedConnectionTimeout(Connecting);
            host.ContinuationTimeout(Answering);
            host.MaxMessageSize(MostBytes);
            if (broker.UseSsl)
            {
                host.UseSsl(ssl => tls.Use(ssl, broker.Host));
            }
        });
        transport.OverrideDefaultBusEndpointQueueName(AnswersPrefix + NewId.Next().ToString("N"));
        transport.ConfigureJsonSerializerOptions(PackedItems.AddTo);
        transport.SendTopology.ErrorQueueNameFormatter = AsideName.Instance;
        transport.SendTopology.DeadLetterQueueNameFormatter = AsideName.Instance;
        transport.SendTopology.ConfigureErrorSettings = Bound;
        transport.SendTopology.ConfigureDeadLetterSettings = Bound;
        transport.ConfigureEndpoints(context);
    }

    private static void Bound(IRabbitMqQueueBindingConfigurator queue)
    {
        queue.SetQueueArgument("x-max-length", MostAside);
        queue.SetQueueArgument("x-max-length-bytes", MostBytesAside);
        queue.SetQueueArgument("x-overflow", "drop-head");
    }

    // MassTransit's own names, "_error" and "_skipped", cannot be used: earlier releases declared these queues without limits, and RabbitMQ
    // refuses to declare an existing queue with other arguments.
    private sealed class AsideName : IErrorQueueNameFormatter, IDeadLetterQueueNameFormatter
    {
        public static readonly AsideName Instance = new();

        public string FormatErrorQueueName(string queueName) => queueName + PutAside.QueueEnding;

        public string FormatDeadLetterQueueName(string queueName) => queueName + PutAside.QueueEnding;
    }
}
