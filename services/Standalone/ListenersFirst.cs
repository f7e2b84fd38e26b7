using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone;

/// <summary>
/// Lets no work begin before the listeners are there, which ASP.NET Core starts last. With the example file, the daemon probes its own
/// health address, and that probe must not fail because it was faster than the listener. At a stop, the Scheduler ends its probes before
/// the listeners go.
/// </summary>
internal sealed class ListenersFirst : IHostedLifecycleService
{
    /// <summary>Opens when all services of the host have started.</summary>
    public StartupGate Gate { get; } = new("the listeners");

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called after the last service is started.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Gate.Open();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
