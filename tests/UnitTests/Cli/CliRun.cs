using Skypunch.Cli;

namespace Skypunch.UnitTests.Cli;

/// <summary>A run of the command line in this process, with its output.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>The lines on stdout.</summary>
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines on stderr.</summary>
    public string[] Errors => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs the command line against a server, unless the environment or the arguments name another server.</summary>
    public static async Task<CliRun> OfAsync(CliSetting setting, params string[] args)
    {
        using var stdout = new StringWriter { NewLine = "\n" };
        using var stderr = new StringWriter { NewLine = "\n" };
        var exitCode = await CliProgram.RunAsync(args, setting.Around(stdout, stderr), TestContext.Current.CancellationToken);
        return new(exitCode, stdout.ToString(), stderr.ToString());
    }
}
