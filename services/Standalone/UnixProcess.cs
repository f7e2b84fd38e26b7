using System.Runtime.InteropServices;

namespace Skypunch.Standalone;

/// <summary>What makes a process a daemon on Unix. On Windows nothing is done.</summary>
internal static class UnixProcess
{
    private const uint OthersMayDoNothing = 0b000_111_111;

    /// <summary>Keeps files that are made from now on, also by SQLite, from all other users.</summary>
    public static void KeepNewFilesPrivate()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetUmask(OthersMayDoNothing);
        }
    }

    /// <summary>Begins a session of its own, so that the end of the terminal is not the end of the daemon.</summary>
    public static void LeaveTerminal()
    {
        if (!OperatingSystem.IsWindows())
        {
            // setsid fails where this process leads its group already, as when a shell started it. Ignoring SIGHUP then does the same.
            _ = SetSid();
            _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        }
    }

    private static PosixSignalRegistration? _hangUp;

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetUmask(uint mask);

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetSid();
}
