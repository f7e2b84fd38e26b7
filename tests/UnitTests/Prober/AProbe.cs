using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Skypunch.Contracts;
using Skypunch.Prober;
using Skypunch.Prober.Probing;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Prober;

/// <summary>A Prober's parts as a host has them, and jobs for them.</summary>
internal static class AProbe
{
    public static readonly SecretBox Box = new(new byte[SecretBox.KeyBytes]);

    public static IServiceCollection Parts(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<IHostApplicationLifetime, ALifetime>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Box)
            .AddProberParts();
    }

    public static ProbeJob Job(string url) => new()
    {
        TargetId = 1,
        Name = "a target",
        Slot = DateTimeOffset.UnixEpoch,
        Url = url,
        Method = "GET",
        Authn = "NONE",
        PassResult = "200",
        Timeout = TimeSpan.FromSeconds(10),
        Patience = TimeSpan.FromSeconds(10),
    };

    public static ProbeJob Basic(this ProbeJob job, string parameters)
        => job with { Authn = "BASIC", SealedAuthnParameters = Box.Seal(SecretBox.TargetPurpose, parameters) };

    public static ProbeJob WithHeaders(this ProbeJob job, params string[] headers)
        => job with { SealedHeaders = Box.Seal(SecretBox.TargetPurpose, string.Join('\n', headers)) };

    public static ProbeJob WithBody(this ProbeJob job, string body)
        => job with { SealedBody = Box.Seal(SecretBox.TargetPurpose, body) };

    public static ProbeJob WithTls(this ProbeJob job, params (string Key, string Value)[] parameters)
    {
        var text = ParameterText.Format(parameters.Select(p => KeyValuePair.Create(p.Key, p.Value)));
        return job with { SealedTlsParameters = Box.Seal(SecretBox.TargetPurpose, text) };
    }

    /// <summary>Runs one probe with its trace.</summary>
    public static async Task<ProbeResult> RunAsync(ProbeJob job, params (string Key, string Value)[] settings)
    {
        await using var services = Parts(settings).BuildServiceProvider();
        return await services.GetRequiredService<HttpProbe>().RunAsync(job, traced: true, TestContext.Current.CancellationToken);
    }

    public static ServiceProvider BuildProbe(this IServiceCollection parts, out HttpProbe probe)
    {
        var services = parts.BuildServiceProvider();
        probe = services.GetRequiredService<HttpProbe>();
        return services;
    }

    public static Task<ProbeResult> RunAsync(string url) => RunAsync(Job(url));

    /// <summary>The trace without its times.</summary>
    public static string[] Lines(this ProbeResult result)
        => [.. TraceText.Lines(result.Trace!, result.Description).Select(line => line["yyyy-MM-dd HH:mm:ss.ffffff ".Length..])];

    private sealed class ALifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => throw new NotSupportedException();
    }
}
