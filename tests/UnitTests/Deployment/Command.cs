using System.ComponentModel;
using System.Diagnostics;

namespace Skypunch.UnitTests.Deployment;

/// <summary>A program of this machine, run to its end.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    /// <summary>Runs it; null where the machine does not have it.</summary>
    public static Command? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Command(process.ExitCode, output, error.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>A program is missing. On a machine that is to check everything that is a failure.</summary>
    public static Command Missing(string words)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", words);
        throw new InvalidOperationException(words);
    }
}
