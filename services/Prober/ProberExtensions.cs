using MassTransit;

namespace Skypunch.Prober;

/// <summary>What a host calls to be a Prober: its own Program, and the one process of a laptop.</summary>
public static class ProberExtensions
{
    /// <summary>Adds the Prober's parts.</summary>
    public static WebApplicationBuilder AddProber(this WebApplicationBuilder builder) => builder;

    /// <summary>Adds what the Prober takes from the bus.</summary>
    public static void AddProberConsumers(this IBusRegistrationConfigurator bus)
    {
    }

    /// <summary>Maps the Prober's part of the admin API.</summary>
    public static WebApplication MapProber(this WebApplication app) => app;
}
