using MassTransit;
using Skypunch.Contracts.Texts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Access;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.History;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Reports;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Doors;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler;

/// <summary>What a host calls to be a Scheduler. The hosts are the Scheduler's own Program and skypunchd.</summary>
public static class SchedulerExtensions
{
    /// <summary>
    /// Adds the Scheduler's parts. The bus must have been added before: hosted services are stopped in reverse order, and these need the
    /// bus until they have stopped.
    /// </summary>
    public static WebApplicationBuilder AddScheduler(this WebApplicationBuilder builder)
    {
        builder.NeedKeys(SecretPurpose.Targets, SecretPurpose.Jobs);
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<SchedulerOptions>().BindConfiguration(SchedulerOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.LookAhead > options.ClaimInterval, "Scheduler:LookAhead must be longer than Scheduler:ClaimInterval.")
            .Validate(
                options => MetricLabels.Read(options.MetricLabels) is not null,
                "Scheduler:MetricLabels must be keys of labels with commas between them, such as team,tier, and no two may be the same but for signs: in metrics all signs are '_'.");
        builder.AddSkypunchDatabase<SchedulerDb, MySqlSchedulerDb, SqliteSchedulerDb, Target>(SchedulerDb.Name, SecretPurpose.Targets, SecretNames.All);

        services.AddSingleton<SchedulerStart>().AddHostedService(provider => provider.GetRequiredService<SchedulerStart>());
        services.AddSingleton<ReleaseQueue>();
        services.AddSingleton<JobReturn>();
        services.AddSingleton<UnpublishedJobs>();
        services.AddSingleton<StatusChangePublisher>();
        services.AddSingleton<LivingProbers>();
        services.AddSingleton<MaintenanceWindows>();
        services.AddScoped<RetryRouting>();
        services.AddSingleton<ScheduleMetrics>();
        services.AddSingleton<FoldMetrics>();
        services.AddSingleton<BadRows>();
        services.AddSingleton<SealedColumns>();
        services.AddScoped<SetAside>();
        services.AddScoped<TargetRows>();
        services.AddScoped<MaintenanceNow>();
        services.AddScoped<SystemReport>();
        services.AddScoped<TargetMetricsPage>();
        services.AddScoped<DueTargets>();
        services.AddScoped<StrayInstants>();
        services.AddScoped<ResultFold>();
        services.AddScoped<RehearsedFold>();
        services.AddScoped<TargetTester>();
        services.AddScoped<TargetDeletion>();
        services.AddScoped<TargetLists>();
        services.AddScoped<TargetCensus>();
        services.AddScoped<BatchCreation>();
        services.AddScoped<BatchUpdate>();
        services.AddScoped<TargetWatch>();
        services.AddSingleton<WatchPlaces>();
        services.AddScoped<HistoryRows>();
        services.AddScoped<UptimeReader>();
        services.AddScoped<SeriesReader>();
        services.AddScoped<IncidentReader>();
        services.AddScoped<DaySums>();
        services.AddScoped<OldHistory>();
        services.AddScoped<Sessions>();

        // These are stopped in reverse order: first the claim, then the release of jobs, which may wait for results, and last the
        // announcements, as results may bring status changes.
        services.AddSingleton<StatusChangeRelay>().AddHostedService(provider => provider.GetRequiredService<StatusChangeRelay>());
        services.AddSingleton<NoticeRelay>().AddHostedService(provider => provider.GetRequiredService<NoticeRelay>());
        services.AddHostedService<OldChangesRemoval>();
        services.AddHostedService<HistoryKeeper>();
        services.AddHostedService<StoreGauges>();
        services.AddSingleton<JobReleaser>().AddHostedService(provider => provider.GetRequiredService<JobReleaser>());
        services.AddSingleton<TargetClaimer>().AddHostedService(provider => provider.GetRequiredService<TargetClaimer>());
        services.AddHostedService<StrayInstantsWatch>();
        services.AddRehearsal<AlertRehearsal>();
        services.AddHostedService<FirstToStop>();

        if (builder.Configuration.GetSection(SchedulerOptions.Section).Get<SchedulerOptions>()?.NotifierUrl is { } notifier)
        {
            services.AddNotifierForwarding(notifier);
        }

        return builder;
    }

    /// <summary>Adds the consumers of the messages that the Scheduler receives.</summary>
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
        app.MapGrpcService<HistoryAdmin>();
        app.MapGrpcService<MaintenanceAdmin>();
        app.MapGrpcService<SystemAdmin>();
        app.MapGrpcService<AccessAdmin>();
        app.MapNotifierForwarding();
        app.MapGet("/metrics/targets", async (TargetMetricsPage page, CancellationToken cancellationToken)
            => Results.Text(await page.WriteAsync(cancellationToken), MetricText.ContentType)).RequireMetricsToken(app).AtHealthDoor();
        return app;
    }
}
