using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Skypunch.ServiceDefaults.Doors;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Telemetry;

/// <summary>
/// Adds metrics, which are read at <c>/metrics</c>, and traces, which are sent to the address in OpenTelemetry's own environment variables.
/// </summary>
internal static class TelemetryExtensions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT"; // named by OpenTelemetry's specification of exporters
    private const string OtlpTracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(MetricsAccess.Of(builder.Configuration));
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(builder.Environment.ApplicationName.ToLowerInvariant(), "skypunch", SkypunchVersion.Current))
            .WithMetrics(metrics => metrics
                .AddMeter(SkypunchTelemetry.MeterName, "System.Runtime")
                .AddPrometheusExporter(prometheus => prometheus.DisableTotalNameSuffixForCounters = false));
        if (builder.Configuration[OtlpEndpoint] is { Length: > 0 } || builder.Configuration[OtlpTracesEndpoint] is { Length: > 0 })
        {
            telemetry.WithTracing(tracing => tracing.AddSource(SkypunchTelemetry.Activities.Name).AddOtlpExporter());
        }
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapTelemetry(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").RequireMetricsAccess(app).AtHealthDoor();
}
