namespace Skypunch.UnitTests.Standalone;

/// <summary>A temporary folder for one test.</summary>
internal sealed class TempFolder : IDisposable
{
    public const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    public string Path { get; } = Directory.CreateTempSubdirectory("skypunch-").FullName;

    /// <summary>The mode of a file or folder. On Windows, which has no modes, the mode that the tests expect.</summary>
    public static UnixFileMode Mode(string path)
        => !OperatingSystem.IsWindows() ? File.GetUnixFileMode(path) : Directory.Exists(path) ? OwnerFolder : OwnerFile;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
