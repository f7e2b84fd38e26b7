using System.ComponentModel;
using System.Diagnostics;
using Skypunch.Cli.Faults;

namespace Skypunch.Cli.StartStop;

/// <summary>
/// A daemon that stays attached to the terminal and ends together with this process: a signal to stop is passed on to the daemon, and its
/// exit code becomes the exit code of this process.
/// </summary>
internal sealed class ForegroundDaemon(DaemonBinary daemon)
{
    public async Task<int> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(daemon.Path, arguments))!;
            // After Ctrl+C the terminal has asked the daemon already; asking once more is harmless.
            await using var passOn = cancellationToken.Register(() => DaemonProcess.Terminate(process.Id));
            await process.WaitForExitAsync(CancellationToken.None); // the daemon finishes its probes in flight
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            throw CliFault.Local($"the daemon {daemon.Path} cannot be started: {e.Message}");
        }
    }
}
