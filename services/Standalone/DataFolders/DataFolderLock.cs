using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone.DataFolders;

/// <summary>Holds the data folder for one daemon. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _held;

    private DataFolderLock(FileStream held) => _held = held;

    /// <summary>Takes the folder.</summary>
    /// <exception cref="StartupException">Another daemon has it.</exception>
    public static DataFolderLock Take(DataFolder folder)
    {
        try
        {
            return new DataFolderLock(new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            var pid = DaemonFile.Read(folder.DaemonFile) is { } running ? $" with pid {running.Pid}" : "";
            throw new StartupException($"Skypunch already runs{pid} on the data folder {folder.Path}.");
        }
    }

    public void Dispose() => _held.Dispose();
}
