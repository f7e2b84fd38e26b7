namespace Skypunch.Faults.Ground;

/// <summary>A small disk for a daemon, which a test can fill or make read-only.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    /// <summary>The folder where the disk is mounted.</summary>
    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Skips the test if the user is not root, who alone can mount a disk.</summary>
    public static void SkipUnlessMounted() => Assert.SkipUnless(Environment.UserName == "root", "Only root can mount a small disk.");

    public static async Task<SmallDisk> MountAsync()
    {
        var folder = Directory.CreateTempSubdirectory("skypunch-disk-").FullName;
        await Tool.RunAsync("mount", "-t", "tmpfs", "-o", "size=64m", "none", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Makes the disk read-only or writable. No process may have a file open for writing.</summary>
    public Task SetReadOnlyAsync(bool isReadOnly) => Tool.RunAsync("mount", "-o", $"remount,{(isReadOnly ? "ro" : "rw")}", Folder);

    /// <summary>Fills the disk.</summary>
    public async Task FillAsync()
    {
        await using var file = File.Create(Ballast);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                await file.WriteAsync(block, TestContext.Current.CancellationToken);
                await file.FlushAsync(TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    /// <summary>Frees the disk's space again.</summary>
    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await Tool.TryAsync("umount", "--lazy", Folder); // a failure to unmount must not hide what the test has found
        Folders.TryDelete(Folder);
    }
}
