using MassTransit;

namespace Skypunch.Notifier;

/// <summary>What a host calls to be a Notifier: its own Program, and the one process of a laptop.</summary>
public static class NotifierExtensions
{
    /// <summary>Adds the Notifier's parts.</summary>
    public static WebApplicationBuilder AddNotifier(this WebApplicationBuilder builder) => builder;

    /// <summary>Adds what the Notifier takes from the bus.</summary>
    public static void AddNotifierConsumers(this IBusRegistrationConfigurator bus)
    {
    }

    /// <summary>Maps the Notifier's part of the admin API.</summary>
    public static WebApplication MapNotifier(this WebApplication app) => app;
}
