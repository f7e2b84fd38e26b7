using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>Says once, at the start, that a process has been given more keys than it needs: who breaks into it could open with them what is not its own.</summary>
internal sealed partial class KeysRemark(ProcessKeys keys, ILogger<KeysRemark> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (keys.Unneeded is { Count: > 0 } unneeded)
        {
            LogUnneeded(string.Join(" and ", unneeded));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Secrets:Key gives this service the keys for {Purposes}, too, which it does not need. Give it its own only: 'deploy/make-secrets --own-keys' makes them of the single one.")]
    private partial void LogUnneeded(string purposes);
}
