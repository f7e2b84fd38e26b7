using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone;

/// <summary>Waits until the stores are up to date and the bus is started, and says what it waits for.</summary>
internal static class HostReadiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="app">The host, which starts.</param>
    /// <param name="logFile">The path of the log.</param>
    /// <param name="say">Called with what the start waits for.</param>
    /// <exception cref="StartupException">The start does not go on; the message names what it waits for.</exception>
    /// <exception cref="OperationCanceledException">The daemon was told to stop.</exception>
    public static async Task WaitAsync(WebApplication app, string logFile, Action<string> say)
    {
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var bus = app.Services.GetRequiredService<BusGate>();
        var gates = app.Services.GetServices<StartupGate>().ToList();
        var stopping = app.Lifetime.ApplicationStopping;
        var started = bus.WaitAsync(stopping);
        var patience = new StartupPatience();
        var begun = clock.GetTimestamp();
        try
        {
            while (await Task.WhenAny(started, Task.Delay(Pause, clock, stopping)) != started)
            {
                if (patience.Look(clock.GetElapsedTime(begun), StepOf(gates, bus)) is { } line)
                {
                    say(line);
                }
            }

            await started;
        }
        catch (StartupException e)
        {
            throw new StartupException($"{e.Message.TrimEnd('.')}. The log may say more: {logFile}");
        }
    }

    // A step that fails is named first, since it holds up all others.
    private static StartupStep StepOf(List<StartupGate> gates, BusGate bus)
    {
        var closed = gates.Where(gate => !gate.IsOpen).Select(gate => gate.Step).ToList();
        return closed.Find(step => step.Trouble is not null) ?? closed.FirstOrDefault() ?? new StartupStep("the bus", null, bus.Trouble);
    }
}
