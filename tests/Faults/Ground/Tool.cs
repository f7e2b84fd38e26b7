using System.Diagnostics;

namespace Skypunch.Faults.Ground;

/// <summary>Runs the machine's own programs.</summary>
internal static class Tool
{
    /// <summary>Runs a program and fails unless it succeeds.</summary>
    public static async Task RunAsync(string tool, params string[] arguments) => Assert.Equal(0, await TryAsync(tool, arguments));

    /// <summary>Runs a program.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> TryAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(tool, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
