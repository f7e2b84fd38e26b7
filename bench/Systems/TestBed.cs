using System.Diagnostics;
using Skypunch.Bench.Faults;

namespace Skypunch.Bench.Systems;

/// <summary>
/// The container engine and images of the tests: <c>tests/run --env</c> prepares them and prints the environment variables that name them.
/// </summary>
internal static class TestBed
{
    private const string Export = "export ";

    /// <summary>Prepares the engine and images, and sets their variables in this process's environment.</summary>
    public static async Task PrepareAsync()
    {
        var start = new ProcessStartInfo("bash", ["tests/run", "--env"]) { WorkingDirectory = Programs.Repository, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var settings = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new BenchException(
                "The distributed system needs containers, and 'tests/run --env' could not prepare them; --mode standalone needs none.");
        }

        foreach (var line in settings.Split('\n').Where(line => line.StartsWith(Export, StringComparison.Ordinal)))
        {
            var (name, value) = line[Export.Length..].Split('=', 2) is [var left, var right] ? (left, right) : (line, "");
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>The image of a server.</summary>
    public static string Image(string name, string official)
        => Environment.GetEnvironmentVariable($"SKYPUNCH_TEST_{name}_IMAGE") is { Length: > 0 } image ? image : official;
}
