using System.Diagnostics;

namespace Skypunch.TestBed;

/// <summary>The real command line, with its own data folder and port.</summary>
internal sealed class CommandLine(string folder, int port) : IAsyncDisposable
{
    public string Data { get; } = Path.Combine(folder, "data");

    /// <summary>The output and the exit code of a command.</summary>
    internal sealed record Answer(int ExitCode, string Out, string Error);

    /// <summary>Runs a command.</summary>
    public async Task<Answer> RunAsync(params string[] arguments)
    {
        var bin = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/TESTS/debug/
        var start = new ProcessStartInfo(Path.Combine(bin.Parent!.Parent!.FullName, "cli", bin.Name, "skypunch"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["SKYPUNCH_HOME"] = Data;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Answer(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a command and fails unless it succeeds.</summary>
    /// <returns>What the command printed.</returns>
    public async Task<string> DoAsync(params string[] arguments)
    {
        var answer = await RunAsync(arguments);
        Assert.True(answer.ExitCode == 0, $"skypunch {string.Join(' ', arguments)}: exit code {answer.ExitCode}\n{answer.Out}{answer.Error}");
        return answer.Out;
    }

    /// <summary>Starts the daemon.</summary>
    public Task<string> StartAsync() => DoAsync("start", "--port", $"{port}");

    public async ValueTask DisposeAsync() => await RunAsync("stop");
}
