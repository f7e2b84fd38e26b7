using System.Globalization;

namespace Skypunch.Faults.Ground;

/// <summary>Takes free file handles away from processes, and gives them back.</summary>
internal static class Handles
{
    private const int Plenty = 4096;

    /// <summary>For a while these processes cannot open more files than they have open now.</summary>
    public static async Task UseUpAsync(Trial trial, params ServiceProcess[] parts)
    {
        trial.Strike();
        foreach (var part in parts)
        {
            Assert.True(await LimitHandlesAsync(part, Directory.GetFiles($"/proc/{part.Id}/fd").Length), $"{part.Name} cannot be limited.");
        }

        await Budget.PassAsync(3);
        foreach (var part in parts)
        {
            await HaveHandlesAgainAsync(trial, part);
        }
    }

    // .NET ends a process that cannot open an assembly, with "Out of memory.". As a supervisor would, this method starts the process again.
    private static async Task HaveHandlesAgainAsync(Trial trial, ServiceProcess part)
    {
        if (!part.HasEnded && await LimitHandlesAsync(part, Plenty))
        {
            return;
        }

        trial.Strike();
        await part.KillAsync(); // the process has ended, perhaps at this very moment
        part.StartAgain();
        await part.WaitUntilReadyAsync();
    }

    private static async Task<bool> LimitHandlesAsync(ServiceProcess part, int count)
        => await Tool.TryAsync("prlimit", "--pid", part.Id.ToString(CultureInfo.InvariantCulture), $"--nofile={count.ToString(CultureInfo.InvariantCulture)}:") == 0;
}
