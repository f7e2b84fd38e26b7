namespace Skypunch.Standalone.DataFolders;

/// <summary>A file that only its user can read, written completely or not at all.</summary>
internal static class SecretFile
{
    /// <summary>Writes a file, over the one that is there. A reader sees the old text or the new one, never a part of it.</summary>
    public static void Write(string path, string text)
    {
        var half = path + ".new";
        File.Delete(half);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(half, options))
        using (var writer = new StreamWriter(stream))
        {
            writer.WriteLine(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(half, path, overwrite: true);
    }
}
