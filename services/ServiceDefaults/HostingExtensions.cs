using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.AdminApi;
using Skypunch.ServiceDefaults.Doors;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Logging;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.ServiceDefaults.Telemetry;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.ServiceDefaults;

/// <summary>Adds what every Skypunch process has: a clock, secrets, health, telemetry, the admin token.</summary>
public static class HostingExtensions
{
    /// <summary>Adds what every process has, except the log: a service writes JSON to stdout, and skypunchd writes a file.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        BoundedLog.Bound(builder.Services);
        builder.Services.AddSingleton<SteadyTime>();
        builder.Services.AddSingleton<ClockWatch>().AddHostedService(provider => provider.GetRequiredService<ClockWatch>());
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<AdminInterceptor>());
        builder.Services.AddGrpcReflection();
        builder.Services.AddGrpcHealthChecks();
        builder.AddSecrets();
        builder.AddAdminToken();
        builder.AddDoors();
        builder.Services.AddSingleton<Readiness>();
        builder.AddTelemetry();

        // Gives probes in flight and messages that are being sent time to finish.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }

    /// <summary>Logs one JSON object per line to stdout, with times in UTC.</summary>
    public static WebApplicationBuilder AddStructuredLog(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        return builder;
    }

    /// <summary>
    /// Maps <c>/healthz</c> (the process is alive), <c>/readyz</c> (its database and bus answer), <c>/metrics</c>, gRPC health and
    /// reflection.
    /// </summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.UseDoors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().AtHealthDoor();
        app.MapGet("/readyz", (Readiness readiness) => ReadinessReport.AnswerAsync(readiness)).AllowAnonymous().AtHealthDoor();
        app.MapGrpcHealthChecksService().AllowAnonymous();
        app.MapGrpcReflectionService();
        app.MapTelemetry();
        return app;
    }
}
