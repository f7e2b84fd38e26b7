namespace Skypunch.Standalone.FirstStart;

/// <summary>
/// The file <c>loading</c>, which exists while a store is being filled. Where a start finds it, the start before was killed meanwhile.
/// </summary>
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
