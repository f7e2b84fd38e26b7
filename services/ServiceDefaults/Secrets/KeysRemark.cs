using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>
/// Warns at the start of a process that it has more keys than it needs: an attacker who breaks into the process could use them to open the
/// secrets of other services.
/// </summary>
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
        Message = "Secrets:Key gives this service the keys for {Purposes}, too, which it does not need. Give it only its own keys: 'deploy/make-secrets --own-keys' derives them from the single one.")]
    private partial void LogUnneeded(string purposes);
}
