namespace Skypunch.ConfigFile;

/// <summary>Files of this machine that a configuration refers to.</summary>
public static class LocalFile
{
    /// <summary>Reads a file; null where there is none.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static string? Read(string path) => Path.Exists(path) ? File.ReadAllText(path) : null;
}
