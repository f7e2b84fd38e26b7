using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Skypunch.Cli.Daemon;

/// <summary>The process of a daemon, known by its id only: it is no child of ours.</summary>
internal static partial class DaemonProcess
{
    private const int SigTerm = 15;

    /// <summary>Whether the process is there and is a daemon: an id may have passed on to another program.</summary>
    public static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return IsDaemonName(process.ProcessName) && !process.HasExited && !IsZombie(pid);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Asks the process to end. Elsewhere than on Unix there is no asking: it is ended.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It may not be signalled by this user.</exception>
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

    private const int NoSuchProcess = 3; // ESRCH on Linux and macOS

    // "dotnet" is a daemon that was published without a program of its own.
    private static bool IsDaemonName(string name)
        => name.StartsWith("skypunchd", StringComparison.OrdinalIgnoreCase) || name.Equals("dotnet", StringComparison.OrdinalIgnoreCase);

    // A process that has ended stays in the table until its parent asks; in a container nobody may.
    private static bool IsZombie(int pid)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].TrimStart().FirstOrDefault() is 'Z' or 'X';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true; // it went while we looked
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
