using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Prober.Doubt;
using Skypunch.Prober.Http;
using Skypunch.Prober.Jobs;
using Skypunch.Prober.Keystone;
using Skypunch.Prober.Logins;
using Skypunch.Prober.OAuth2;
using Skypunch.Prober.Pauses;
using Skypunch.Prober.Probing;
using Skypunch.Prober.Settings;
using Skypunch.ServiceDefaults.Egress;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Prober;

/// <summary>What a host calls to be a Prober: the Prober's own Program, and skypunchd, which is all services in one process.</summary>
public static class ProberExtensions
{
    /// <summary>Adds the Prober's parts.</summary>
    public static WebApplicationBuilder AddProber(this WebApplicationBuilder builder)
    {
        builder.NeedKeys(SecretPurpose.Jobs);
        builder.Services.AddProberParts();
        builder.Services.AddSingleton<FirstProbe>();
        builder.Services.AddSingleton(services => services.GetRequiredService<FirstProbe>().Gate);
        builder.Services.AddHostedService(services => services.GetRequiredService<FirstProbe>());
        builder.Services.AddHostedService<Heartbeat>();
        builder.Services.AddHostedService<ReferencesAtStart>();
        return builder;
    }

    /// <summary>Adds the consumers of the messages that the Prober takes from the bus.</summary>
    public static void AddProberConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ProbeBatchConsumer, ProbeBatchConsumerDefinition>();
        bus.AddConsumer<TestProbeConsumer, TestProbeConsumerDefinition>();
    }

    /// <summary>Maps the Prober's part of the admin API: it has none, all its work comes from the bus.</summary>
    public static WebApplication MapProber(this WebApplication app)
    {
        app.Services.GetRequiredService<TlsTrust>(); // a CA file that cannot be read fails the start, and not the first probe
        return app;
    }

    /// <summary>Adds what runs probes, without the sign of life.</summary>
    internal static IServiceCollection AddProberParts(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ProberOptions>().BindConfiguration(ProberOptions.Section).ValidateDataAnnotations()
            .Validate(options => References.AreValid(options.References), "Prober:References must be addresses such as host:port or https://host, with commas between.");
        return services
            .AddMetrics()
            .AddSingleton<TlsTrust>()
            .AddSingleton<ChainVerdicts>()
            .AddSingleton<CertificateCheck>()
            .AddSingleton<TlsHandshake>()
            .AddSingleton(EgressOf)
            .AddSingleton<TcpConnector>()
            .AddSingleton<NameLookups>()
            .AddSingleton<NameResolution>()
            .AddSingleton<Unpacker>()
            .AddSingleton<BodyReader>()
            .AddSingleton<Http1Exchange>()
            .AddSingleton<Http2Exchange>()
            .AddSingleton<StrangeAnswers>()
            .AddSingleton<HttpExchange>()
            .AddSingleton<LoginNetwork>()
            .AddSingleton<KeystoneClient>()
            .AddSingleton<KeystoneTokens>()
            .AddSingleton<KeystoneAuthentication>()
            .AddSingleton<OAuth2Client>()
            .AddSingleton<OAuth2Authentication>()
            .AddSingleton<Authenticator>()
            .AddSingleton<RequestOpener>()
            .AddSingleton<RedirectFollower>()
            .AddSingleton<LostTime>()
            .AddSingleton<HttpProbe>()
            .AddSingleton<FairProbe>()
            .AddSingleton<SteadyTime>()
            .AddSingleton<SenderClocks>()
            .AddSingleton<LateJobs>()
            .AddSingleton<ProbeLimit>()
            .AddSingleton<ProbeLog>()
            .AddSingleton<ProberMetrics>()
            .AddSingleton<ProbeDrain>()
            .AddSingleton<JobsForOthers>()
            .AddSingleton<Contact>()
            .AddSingleton<References>()
            .AddSingleton<PassingTargets>()
            .AddSingleton<DoubtMetrics>()
            .AddSingleton<SelfDoubt>()
            .AddSingleton<ResultPublisher>();
    }

    private static EgressPolicy EgressOf(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ProberOptions>>().Value;
        return new EgressPolicy(options.EgressAllow, options.EgressDeny);
    }
}
