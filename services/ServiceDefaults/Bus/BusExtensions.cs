using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>Adds the bus.</summary>
public static class BusExtensions
{
    // A Prober whose host has died is noticed within two of these, and its jobs go to another.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Adds the bus with the given consumers. It starts when every <see cref="Hosting.StartupGate"/> is open.</summary>
    public static WebApplicationBuilder AddSkypunchBus(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator> addConsumers)
    {
        var options = builder.Configuration.GetSection(BusOptions.Section).Get<BusOptions>() ?? new BusOptions();
        builder.Services.AddOptions<RabbitMqTransportOptions>().BindConfiguration("RabbitMq");
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            addConsumers(bus);
            if (options.Transport is BusTransport.InMemory)
            {
                bus.UsingInMemory((context, transport) =>
                {
                    transport.ConfigureJsonSerializerOptions(PackedItems.AddTo);
                    transport.ConfigureEndpoints(context);
                });
            }
            else
            {
                bus.AddConfigureEndpointsCallback(UseQuorumQueue);
                bus.UsingRabbitMq(UseRabbitMq);
            }
        });

        // BusHost starts the bus instead: after the tables are migrated, and without holding up /healthz while a broker is away.
        builder.Services.RemoveMassTransitHostedService();
        builder.Services.AddSingleton<BusGate>();
        builder.Services.AddHostedService<BusHost>();
        return builder;
    }

    private static void UseQuorumQueue(string name, IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
        {
            queue.SetQuorumQueue();
        }
    }

    private static void UseRabbitMq(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator transport)
    {
        var broker = context.GetRequiredService<IOptions<RabbitMqTransportOptions>>().Value;
        transport.Host(broker.Host, broker.Port == 0 ? (ushort)5672 : broker.Port, broker.VHost, host =>
        {
            host.Username(broker.User);
            host.Password(broker.Pass);
            host.Heartbeat(Heartbeat);
            if (broker.UseSsl)
            {
                host.UseSsl();
            }
        });
        transport.ConfigureJsonSerializerOptions(PackedItems.AddTo);
        transport.ConfigureEndpoints(context);
    }
}
