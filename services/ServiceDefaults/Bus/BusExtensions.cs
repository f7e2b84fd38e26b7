using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>Adds the bus.</summary>
public static class BusExtensions
{
    /// <summary>Adds the bus with the given consumers. It starts when every <see cref="Hosting.StartupGate"/> is open.</summary>
    public static WebApplicationBuilder AddSkypunchBus(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator> addConsumers)
    {
        var options = builder.Configuration.GetSection(BusOptions.Section).Get<BusOptions>() ?? new BusOptions();
        builder.Services.AddOptions<RabbitMqTransportOptions>().BindConfiguration(BrokerTlsOptions.Section);
        var broker = builder.Configuration.GetSection(BrokerTlsOptions.Section);
        builder.Services.AddSingleton(new BrokerTls(broker.Get<BrokerTlsOptions>() ?? new BrokerTlsOptions(), broker.GetValue<bool>(nameof(RabbitMqTransportOptions.UseSsl))));
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            addConsumers(bus);
            bus.UseMessageGuard(keeps: options.Transport is BusTransport.RabbitMq);
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
                bus.SetBusFactory(new SteadyRabbitMq(RabbitMqBroker.Use));
            }
        });

        // BusHost starts the bus instead: after the tables are migrated, and without delaying /healthz while the broker cannot be reached.
        builder.Services.RemoveMassTransitHostedService();
        builder.Services.AddSingleton<BusGate>();
        builder.Services.AddHostedService<BusHost>();
        return builder;
    }

    /// <summary>Has messages that cannot be handled put aside.</summary>
    /// <param name="bus">The bus, to which its consumers have been added.</param>
    /// <param name="keeps">Whether there are queues for such messages; otherwise they are logged and dropped.</param>
    public static void UseMessageGuard(this IBusRegistrationConfigurator bus, bool keeps)
    {
        bus.TryAddSingleton<PutAside>();
        bus.AddConfigureEndpointsCallback((context, _, endpoint) =>
        {
            var guard = new MessageGuard(context.GetRequiredService<PutAside>(), keeps);
            endpoint.PublishFaults = false; // no consumer handles them
            endpoint.ConfigureReceive(pipe => pipe.UseFilter(guard));
            endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(guard.Unknown));
            endpoint.ConfigureError(pipe => pipe.UseFilter(guard));
            if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
            {
                queue.SetQuorumQueue();
            }
        });
    }
}
