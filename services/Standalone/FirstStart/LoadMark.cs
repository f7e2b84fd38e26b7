namespace Skypunch.Standalone.FirstStart;

/// <summary>The file <c>loading</c>, there while a store is filled: where a start finds it, the one before was killed in the middle.</summary>
internal sealed class LoadMark(string path)
{
    public bool IsSet => File.Exists(path);

    public void Set()
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Flush(flushToDisk: true);
    }

    public void Clear() => File.Delete(path);
}
