using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Skypunch.Cli.StartStop;

/// <summary>The process of a daemon, known by its id only: it is not a child of this process.</summary>
internal static partial class DaemonProcess
{
    private const int SigTerm = 15;
    private const int NoSuchProcess = 3; // ESRCH on Linux and macOS

    /// <summary>Asks the process to end. On Windows a process cannot be asked, so it is killed.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">This user may not signal the process.</exception>
    public static void Terminate(int pid)
    {
        if (OperatingSystem.IsWindows())
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        else if (Kill(pid, SigTerm) != 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess)
        {
            throw new System.ComponentModel.Win32Exception(error);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
