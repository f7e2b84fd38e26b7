using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>How we connect to RabbitMQ, and what we declare there.</summary>
internal static class RabbitMqBroker
{
    // A Prober whose host has died is noticed within two of these, and its jobs go to another.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    // What takes longer is tried again.
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Answering = TimeSpan.FromSeconds(5);

    // The broker has a limit of its own. A client with a lower one would lose its connection to the same message for ever; MessageGuard puts it aside.
    private const uint MostBytes = 512 * 1024 * 1024;

    // deploy/make-secrets gives rights by it.
    private const string AnswersPrefix = "answers-";

    // What is put aside is looked at by people: the newest are kept, and no more than a broker can bear.
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
        transport.OverrideDefaultBusEndpointQueueName(AnswersPrefix + NewId.Next().ToString("N")); // by this name the broker knows who may read it
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

    // A name of its own: RabbitMQ refuses a queue that is there already with other arguments, and MassTransit's "_error" and "_skipped" of earlier releases have no limit.
    private sealed class AsideName : IErrorQueueNameFormatter, IDeadLetterQueueNameFormatter
    {
        public static readonly AsideName Instance = new();

        public string FormatErrorQueueName(string queueName) => queueName + PutAside.QueueEnding;

        public string FormatDeadLetterQueueName(string queueName) => queueName + PutAside.QueueEnding;
    }
}
