using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober;
using Skypunch.Prober.Probing;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Prober;

/// <summary>The parts of a Prober as its host has them, and jobs for them.</summary>
internal static class AProbe
{
    public static readonly SecretBox Box = new(new byte[SecretKeys.Bytes]);

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
        => job with { Authn = "BASIC", SealedAuthnParameters = job.Seal(SecretNames.Authn, parameters) };

    public static ProbeJob WithHeaders(this ProbeJob job, params string[] headers)
        => job with { SealedHeaders = job.Seal(SecretNames.Headers, string.Join('\n', headers)) };

    public static ProbeJob WithBody(this ProbeJob job, string body)
        => job with { SealedBody = job.Seal(SecretNames.Body, body) };

    public static ProbeJob WithTls(this ProbeJob job, params (string Key, string Value)[] parameters)
    {
        var text = ParameterText.Format(parameters.Select(p => KeyValuePair.Create(p.Key, p.Value)));
        return job with { SealedTlsParameters = job.Seal(SecretNames.Tls, text) };
    }

    public static ProbeJob WithProxy(this ProbeJob job, string proxy) => job with { SealedProxy = job.Seal(SecretNames.Proxy, proxy) };

    public static ProbeJob WithQuery(this ProbeJob job, string query) => job with { SealedQuerySecrets = job.Seal(SecretNames.QuerySecrets, query) };

    /// <summary>Seals a secret of the job as a Scheduler does: for the job's target, slot and URL, which must be set first.</summary>
    public static string Seal(this ProbeJob job, string name, string plain) => Box.Seal(SecretPlace.InJob(name, job.TargetId, job.Slot, job.Url), plain);

    /// <summary>The job for another URL or target, with its login sealed for that URL and target.</summary>
    public static ProbeJob For(this ProbeJob job, string? url = null, long? targetId = null)
    {
        var login = Box.Open(SecretPlace.InJob(SecretNames.Authn, job.TargetId, job.Slot, job.Url), job.SealedAuthnParameters!);
        var moved = job with { Url = url ?? job.Url, TargetId = targetId ?? job.TargetId };
        return moved with { SealedAuthnParameters = moved.Seal(SecretNames.Authn, login) };
    }

    /// <summary>Runs a probe with its trace.</summary>
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

    /// <summary>The lines of the trace, without their times.</summary>
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
