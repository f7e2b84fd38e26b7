using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// The daemon's store is damaged, cut or made read-only while the daemon is stopped. The daemon reports the problem and does not start with
/// an empty store.
/// </summary>
[Collection(nameof(OnDaemon))]
public sealed class StoreTests(Grounds grounds) : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-store-").FullName;

    [Theory]
    [InlineData("scheduler.db")]
    [InlineData("notifier.db")]
    public Task A_damaged_store_is_reported_at_the_start(string store) => IsReportedAtTheStartAsync(store, path =>
    {
        using var file = File.OpenWrite(path);
        file.Write(new byte[4096]);
    });

    [Theory]
    [InlineData("scheduler.db")]
    [InlineData("notifier.db")]
    public Task A_store_that_was_cut_to_nothing_is_reported_at_the_start(string store) => IsReportedAtTheStartAsync(store, path =>
    {
        using var file = File.OpenWrite(path);
        file.SetLength(0);
    });

    [Fact]
    public async Task A_disk_that_has_become_read_only_is_reported_at_the_start_and_nothing_is_lost_when_it_is_writable_again()
    {
        SmallDisk.SkipUnlessMounted();
        await using var disk = await SmallDisk.MountAsync();
        await using var system = await DaemonSystem.StartAsync(Path.Combine(disk.Folder, "data"));
        var daemon = system.Process;
        await using var trial = await grounds.TrialOnAsync(system);
        trial.Strike();
        Assert.Equal(0, await daemon.TerminateAsync());

        await disk.SetReadOnlyAsync(true);
        daemon.StartAgain();

        Assert.NotEqual(0, await daemon.EndAsync(StartPatience));
        Assert.Contains(daemon.Log, line => line.Contains(disk.Folder, StringComparison.Ordinal) && line.Contains("read-only", StringComparison.OrdinalIgnoreCase));

        await disk.SetReadOnlyAsync(false);
        daemon.StartAgain();
        await daemon.WaitUntilReadyAsync();
        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    public void Dispose() => Folders.TryDelete(_folder);

    private async Task IsReportedAtTheStartAsync(string store, Action<string> harm)
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
