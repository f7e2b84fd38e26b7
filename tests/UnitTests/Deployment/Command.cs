using System.ComponentModel;
using System.Diagnostics;

namespace Skypunch.UnitTests.Deployment;

/// <summary>The result of a program of this machine.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program to its end; null if the machine does not have it.</summary>
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

    /// <summary>Skips the test because a program is missing. In CI, where everything must be checked, the test fails instead.</summary>
    public static Command Missing(string words)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", words);
        throw new InvalidOperationException(words);
    }
}
