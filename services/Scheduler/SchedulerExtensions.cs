using MassTransit;

namespace Skypunch.Scheduler;

/// <summary>What a host calls to be a Scheduler: its own Program, and the one process of a laptop.</summary>
public static class SchedulerExtensions
{
    /// <summary>Adds the Scheduler's parts.</summary>
    public static WebApplicationBuilder AddScheduler(this WebApplicationBuilder builder) => builder;

    /// <summary>Adds what the Scheduler takes from the bus.</summary>
    public static void AddSchedulerConsumers(this IBusRegistrationConfigurator bus)
    {
    }

    /// <summary>Maps the Scheduler's part of the admin API.</summary>
    public static WebApplication MapScheduler(this WebApplication app) => app;
}
