namespace Skypunch.ConfigFile;

/// <summary>Files of this machine that a configuration refers to.</summary>
public static class LocalFile
{
    /// <summary>Reads a file; null where there is none.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string? Read(string path) => Path.Exists(path) ? File.ReadAllText(path) : null;
}
