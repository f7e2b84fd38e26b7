using MassTransit;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Metrics;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Doors;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler;

/// <summary>What a host calls to be a Scheduler: its own Program, and the one process of a laptop.</summary>
public static class SchedulerExtensions
{
    /// <summary>The owner's name of the tables: its connection string and its migrations go by it.</summary>
    internal const string Owner = "Scheduler";

    /// <summary>Adds the Scheduler's parts. The bus must have been added before: parts are stopped in reverse order, and these need it to the end.</summary>
    public static WebApplicationBuilder AddScheduler(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<SchedulerOptions>().BindConfiguration(SchedulerOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.LookAhead > options.ClaimInterval, "Scheduler:LookAhead must be longer than Scheduler:ClaimInterval.");
        builder.AddSkypunchDatabase<SchedulerDb, MySqlSchedulerDb, SqliteSchedulerDb, Target>(Owner, SecretPurpose.Targets, SecretNames.All);
        builder.NeedKeys(SecretPurpose.Targets, SecretPurpose.Jobs);

        services.AddSingleton<SchedulerStart>().AddHostedService(provider => provider.GetRequiredService<SchedulerStart>());
        services.AddSingleton<ReleaseQueue>();
        services.AddSingleton<StatusChangePublisher>();
        services.AddSingleton<LivingProbers>();
        services.AddScoped<OtherEyes>();
        services.AddSingleton<SchedulerMetrics>();
        services.AddSingleton<BadRows>();
        services.AddSingleton<SealedColumns>();
        services.AddScoped<SetAside>();
        services.AddScoped<TargetRows>();
        services.AddScoped<SystemReport>();
        services.AddScoped<TargetMetricsPage>();
        services.AddScoped<DueTargets>();
        services.AddScoped<StrayInstants>();
        services.AddScoped<ResultFold>();
        services.AddScoped<TargetTester>();

        // Stopped in reverse order: claim no more, publish what is due and wait for it, announce what it changed.
        services.AddSingleton<StatusChangeRelay>().AddHostedService(provider => provider.GetRequiredService<StatusChangeRelay>());
        services.AddSingleton<NoticeRelay>().AddHostedService(provider => provider.GetRequiredService<NoticeRelay>());
        services.AddHostedService<StatusChangeKeeper>();
        services.AddHostedService<StoreGauges>();
        services.AddHostedService<JobReleaser>();
        services.AddSingleton<TargetClaimer>().AddHostedService(provider => provider.GetRequiredService<TargetClaimer>());
        services.AddHostedService<StrayInstantsKeeper>();

        if (builder.Configuration.GetSection(SchedulerOptions.Section).Get<SchedulerOptions>()?.NotifierUrl is { } notifier)
        {
            services.AddNotifierForwarding(notifier);
        }

        return builder;
    }

    /// <summary>Adds what the Scheduler takes from the bus.</summary>
    public static void AddSchedulerConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ProbeResultsConsumer, ProbeResultsConsumerDefinition>();
        bus.AddConsumer<StatusChangesStoredConsumer, StatusChangesStoredConsumerDefinition>();
        bus.AddConsumer<ProberSeenConsumer, ProberSeenConsumerDefinition>();
    }

    /// <summary>Maps the Scheduler's part of the admin API.</summary>
    public static WebApplication MapScheduler(this WebApplication app)
    {
        app.MapGrpcService<TargetAdmin>();
        app.MapGrpcService<SystemAdmin>();
        app.MapNotifierForwarding();
        app.MapGet("/metrics/targets", async (TargetMetricsPage page, CancellationToken cancellationToken)
            => Results.Text(await page.WriteAsync(cancellationToken), MetricText.ContentType)).RequireMetricsToken(app).AtHealthDoor();
        return app;
    }
}
