using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Skypunch.Prober;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Bench.Micro;

/// <summary>The parts of a Prober, without a bus.</summary>
internal static class ProbeParts
{
    public static ServiceProvider Build() => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddSingleton<IHostApplicationLifetime, NoLifetime>()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(new SecretBox(new byte[SecretKeys.Bytes]))
        .AddProberParts()
        .BuildServiceProvider();

    private sealed class NoLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => throw new NotSupportedException();
    }
}
