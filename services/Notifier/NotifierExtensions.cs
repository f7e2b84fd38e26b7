using MassTransit;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Channels.Alertmanager;
using Skypunch.Notifier.Channels.Apprise;
using Skypunch.Notifier.Channels.Discord;
using Skypunch.Notifier.Channels.GoogleChat;
using Skypunch.Notifier.Channels.Gotify;
using Skypunch.Notifier.Channels.Http;
using Skypunch.Notifier.Channels.Matrix;
using Skypunch.Notifier.Channels.Ntfy;
using Skypunch.Notifier.Channels.Opsgenie;
using Skypunch.Notifier.Channels.PagerDuty;
using Skypunch.Notifier.Channels.Pushover;
using Skypunch.Notifier.Channels.Slack;
using Skypunch.Notifier.Channels.Smtp;
using Skypunch.Notifier.Channels.Teams;
using Skypunch.Notifier.Channels.Telegram;
using Skypunch.Notifier.Channels.Twilio;
using Skypunch.Notifier.Channels.Webhook;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Notifiers;
using Skypunch.Notifier.Rehearsals;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Notifier;

/// <summary>What a host calls to be a Notifier: the Notifier's own Program, and skypunchd, which is all services in one process.</summary>
public static class NotifierExtensions
{
    /// <summary>Adds the Notifier's parts.</summary>
    public static WebApplicationBuilder AddNotifier(this WebApplicationBuilder builder)
    {
        builder.NeedKeys(SecretPurpose.Notifiers);
        builder.AddSkypunchDatabase<NotifierDb, MySqlNotifierDb, SqliteNotifierDb, StoredNotifier>(NotifierDb.Name, SecretPurpose.Notifiers, [SealedParameters.Column]);
        builder.Services.AddOptionsWithValidateOnStart<NotifierOptions>()
            .BindConfiguration(NotifierOptions.Section)
            .ValidateDataAnnotations();
        builder.Services.AddNotifierParts();
        _ = HeloName.OfMachineAsync(); // the first message is not to wait for the resolver
        builder.Services.AddHostedService(services => services.GetRequiredService<LeaseKeeper>()); // stops after the sender, whose claims it renews
        builder.Services.AddHostedService(services => services.GetRequiredService<DeliverySender>());
        builder.Services.AddHostedService<DeliveryCleanup>();
        builder.Services.AddHostedService<DeliveryBacklog>();
        builder.Services.AddHostedService<CounterLoop>();
        builder.Services.AddRehearsal<DeliveryRehearsal>();
        return builder;
    }

    /// <summary>Adds the consumers of the messages that the Notifier takes from the bus.</summary>
    public static void AddNotifierConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<StatusChangeConsumer, StatusChangeConsumerDefinition>();
        bus.AddConsumer<NoticeConsumer, NoticeConsumerDefinition>();
    }

    /// <summary>Maps the Notifier's part of the admin API.</summary>
    public static WebApplication MapNotifier(this WebApplication app)
    {
        app.MapGrpcService<NotifierAdmin>();
        return app;
    }

    /// <summary>Adds the parts that do nothing until they are called.</summary>
    internal static IServiceCollection AddNotifierParts(this IServiceCollection services)
        => services
            .AddChannels()
            .AddMetrics()
            .AddSingleton<NotifierMetrics>()
            .AddSingleton<StoreClock>()
            .AddSingleton<Receivers>()
            .AddSingleton<HeldClaims>()
            .AddSingleton<DeliveryRepair>()
            .AddSingleton<LeaseKeeper>()
            .AddSingleton<AttemptRecord>()
            .AddScoped<Announcements>()
            .AddScoped<UnreadableRows>()
            .AddScoped<NotifierRows>()
            .AddScoped<DueDeliveries>()
            .AddScoped<DeliveryMarks>()
            .AddScoped<NotifierCounters>()
            .AddScoped<SealedParameters>()
            .AddScoped<NotifierTest>()
            .AddScoped<NotifierRun>()
            .AddScoped<RehearsedDelivery>()
            .AddSingleton<DeliverySender>();

    /// <summary>Adds the channels. The admin API lists them in this order.</summary>
    private static IServiceCollection AddChannels(this IServiceCollection services)
        => services
            .AddSingleton<HttpNetwork>()
            .AddSingleton<IChannel, SmtpChannel>()
            .AddSingleton<IChannel, WebhookChannel>()
            .AddSingleton<IChannel, SlackChannel>()
            .AddSingleton<IChannel, TeamsChannel>()
            .AddSingleton<IChannel, DiscordChannel>()
            .AddSingleton<IChannel, TelegramChannel>()
            .AddSingleton<IChannel, PagerDutyChannel>()
            .AddSingleton<IChannel, NtfyChannel>()
            .AddSingleton<IChannel, AlertmanagerChannel>()
            .AddSingleton<IChannel, MatrixChannel>()
            .AddSingleton<IChannel, GotifyChannel>()
            .AddSingleton<IChannel, PushoverChannel>()
            .AddSingleton<IChannel, GoogleChatChannel>()
            .AddSingleton<IChannel, OpsgenieChannel>()
            .AddSingleton<IChannel, TwilioChannel>()
            .AddSingleton<IChannel, AppriseChannel>()
            .AddSingleton<ChannelTypes>();
}
