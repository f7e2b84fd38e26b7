using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone;

/// <summary>Waits until the stores are up to date and the bus is started.</summary>
internal static class HostReadiness
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    /// <exception cref="StartupException">It took too long; the message names what is waited for.</exception>
    public static async Task WaitAsync(WebApplication app, string logFile)
    {
        using var late = new CancellationTokenSource(LongestStart, app.Services.GetRequiredService<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, app.Lifetime.ApplicationStopping);
        try
        {
            await app.Services.GetRequiredService<BusGate>().WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            var closed = app.Services.GetServices<StartupGate>().Where(gate => !gate.IsOpen).Select(gate => gate.Name);
            throw new StartupException(
                $"Skypunch could not start in {LongestStart.TotalSeconds} s: it still waits for {string.Join(" and ", closed.DefaultIfEmpty("the bus"))}; "
                + $"the log says why: {logFile}");
        }
        catch (OperationCanceledException)
        {
            throw new StartupException("Skypunch was stopped before it was ready.");
        }
    }
}
