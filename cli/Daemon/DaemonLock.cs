namespace Skypunch.Cli.Daemon;

/// <summary>
/// Whether a daemon uses the folder. A daemon holds <c>skypunchd.lock</c> for as long as it lives, and the system releases the lock
/// however the daemon ends. So the answer is right after a kill or a reboot, too, when <c>daemon.json</c> is still there and its pid may
/// belong to another program by now.
/// </summary>
internal static class DaemonLock
{
    public static bool IsHeld(DataFolder data)
    {
        try
        {
            // A shared lock on Unix: any number of command lines may look at once, but not beside the daemon's exclusive one.
            using var file = new FileStream(data.LockFile, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false; // no daemon has used the folder, or it is another user's
        }
        catch (IOException)
        {
            return true;
        }
    }
}
