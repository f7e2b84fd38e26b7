using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone.DataFolders;

/// <summary>The folder with all that the daemon keeps. It is made for its user alone.</summary>
internal sealed class DataFolder
{
    public DataFolder(string path) => Path = path;

    public string Path { get; }

    public string DaemonFile => In("daemon.json");

    public string LockFile => In("skypunchd.lock");

    public string TokenFile => In("token");

    public string KeyFile => In("secrets.key");

    public string SchedulerStore => In("scheduler.db");

    public string NotifierStore => In("notifier.db");

    public string LoadMarkFile => In("loading");

    public string LogFile => In(System.IO.Path.Combine("log", "skypunch.log"));

    /// <summary>Makes the folder where it is not there yet.</summary>
    /// <exception cref="StartupException">The folder cannot be made or written to.</exception>
    public static DataFolder Open(string path)
    {
        var folder = new DataFolder(path);
        try
        {
            Make(path);
            Make(System.IO.Path.GetDirectoryName(folder.LogFile)!);
            using (new FileStream(System.IO.Path.Combine(path, $".{Guid.NewGuid():N}"), new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            }))
            {
                return folder;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {path} cannot be written to ({e.Message.TrimEnd('.')}); choose another with --data.");
        }
    }

    // A folder that is there already keeps its mode: it may be one that the user shares on purpose.
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
