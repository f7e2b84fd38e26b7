namespace Skypunch.Faults.Ground;

/// <summary>Stops processes (SIGSTOP) and lets them go on (SIGCONT).</summary>
internal static class Standstill
{
    // Longer than the timeout of the targets; a probe takes a third of that timeout.
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(1.2);

    /// <summary>Targets with slow answers and a short timeout, so that a standstill makes their probes late.</summary>
    public static TrialPlan Plan { get; } = new() { Targets = 25, Timeout = 1, Delay = TimeSpan.FromMilliseconds(300), Flipping = 0 };

    /// <summary>Stops processes a number of times, each time for as long as they run afterwards.</summary>
    public static async Task MakeAsync(Trial trial, int times, params IReadOnlyList<ServiceProcess> processes)
    {
        for (var i = 0; i < Budget.Times(times); i++)
        {
            trial.Strike();
            await ServiceProcess.SignalAsync("STOP", processes);
            await Budget.PassAsync(Still);
            await ServiceProcess.SignalAsync("CONT", processes);
            await Budget.PassAsync(Still);
        }
    }
}
