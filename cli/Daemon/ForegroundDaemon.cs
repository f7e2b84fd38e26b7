using System.ComponentModel;
using System.Diagnostics;
using Skypunch.Cli.Faults;

namespace Skypunch.Cli.Daemon;

/// <summary>
/// A daemon that stays attached to our terminal and shares our end: what asks us to stop is passed on, and its exit code is ours.
/// </summary>
internal sealed class ForegroundDaemon(DaemonBinary daemon)
{
    public async Task<int> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(daemon.Path, arguments))!;
            // After Ctrl+C the terminal has asked it already: once more is harmless.
            await using var passOn = cancellationToken.Register(() => DaemonProcess.Terminate(process.Id));
            await process.WaitForExitAsync(CancellationToken.None); // it finishes its probes in flight
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            throw CliFault.Local($"the daemon {daemon.Path} cannot be started: {e.Message}");
        }
    }
}
