using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>The daemon's store is damaged or cut while it does not run: it says so, and does not begin anew as if there had been nothing.</summary>
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

    [Theory]
    [InlineData("scheduler.db")]
    [InlineData("notifier.db")]
    public Task A_store_that_was_cut_to_nothing_is_told_at_the_start(string store) => IsToldAsync(store, path =>
    {
        using var file = File.OpenWrite(path);
        file.SetLength(0);
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
