using System.Diagnostics;

namespace Skypunch.IntegrationTests.Deployment;

/// <summary>
/// A program of this machine, run as an operator runs it: in the folder of the sources, with additional environment variables.
/// </summary>
/// <param name="program">The name or path of the program.</param>
/// <param name="variables">Environment variables in addition to those of the tests.</param>
internal sealed class Tool(string program, IReadOnlyDictionary<string, string>? variables = null)
{
    /// <summary>The folder of the sources.</summary>
    public static string Sources { get; } = FindSources();

    /// <summary>The built command line.</summary>
    public static string SkypunchPath
    {
        get
        {
            var bin = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/IntegrationTests/debug/
            return Path.Combine(bin.Parent!.Parent!.FullName, "cli", bin.Name, "skypunch");
        }
    }

    /// <summary>The command line as a tool.</summary>
    public static Tool Skypunch(IReadOnlyDictionary<string, string>? variables = null) => new(SkypunchPath, variables);

    /// <summary>The output and the exit code of a program.</summary>
    internal sealed record Answer(int ExitCode, string Out, string Error);

    /// <summary>Runs the program.</summary>
    public async Task<Answer> RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Sources,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Answer(process.ExitCode, await output, await error);
    }

    /// <summary>Runs the program and fails unless it succeeds.</summary>
    /// <returns>What the program printed.</returns>
    public async Task<string> DoAsync(params IEnumerable<string> arguments)
    {
        var answer = await RunAsync(arguments);
        Assert.True(answer.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {answer.ExitCode}\n{answer.Out}{answer.Error}");
        return answer.Out.Trim();
    }

    private static string FindSources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Skypunch.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run within the sources.");
        }

        return folder.FullName;
    }
}
