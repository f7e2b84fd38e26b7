using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone.DataFolders;

/// <summary>The lock by which one daemon holds the data folder. The system releases it when the process ends, however it ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private const int Tries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _held;

    private DataFolderLock(FileStream held) => _held = held;

    /// <summary>
    /// Takes the lock. A command line that looks whether the lock is taken holds it for a moment, too, so it is tried a few times.
    /// </summary>
    /// <exception cref="StartupException">Another daemon has the lock.</exception>
    public static async Task<DataFolderLock> TakeAsync(DataFolder folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var left = Tries - 1; ; left--)
        {
            try
            {
                return new DataFolderLock(new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (left > 0)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (IOException)
            {
                var pid = DaemonFile.Read(folder.DaemonFile) is { } running ? $" with pid {running.Pid}" : "";
                throw new StartupException($"Skypunch already runs{pid} on the data folder {folder.Path}.");
            }
        }
    }

    public void Dispose() => _held.Dispose();
}
