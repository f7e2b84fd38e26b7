using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>The daemon's store is damaged while the daemon does not run: the next start says so, and ends.</summary>
public sealed class StoreTests : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-store-").FullName;

    [Theory]
    [InlineData("scheduler.db")]
    [InlineData("notifier.db")]
    public Task A_damaged_store_is_told_at_the_start(string store) => IsToldAsync(store, path =>
    {
        using var file = File.OpenWrite(path);
        file.Write(new byte[4096]);
    });

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task IsToldAsync(string store, Action<string> harm)
    {
        await using var system = await DaemonSystem.StartAsync(Path.Combine(_folder, "data"));
        var daemon = system.Process;
        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(system.Folder, "daemon.json")), "the daemon has come up");
        Assert.Equal(0, await daemon.TerminateAsync());
        var path = Path.Combine(system.Folder, store);

        File.Delete(path + "-wal");
        harm(path);
        daemon.StartAgain();

        Assert.NotEqual(0, await daemon.EndAsync(StartPatience));
        Assert.Contains(daemon.Log, line => line.Contains(store, StringComparison.Ordinal));
    }
}
