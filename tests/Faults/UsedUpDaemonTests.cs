using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>
/// The machine has no free file handles or no disk space. No target fails for it, and the daemon recovers as soon as there are some again.
/// </summary>
[Collection(nameof(OnDaemon))]
public sealed class UsedUpDaemonTests(Grounds grounds)
{
    [Fact]
    public async Task A_daemon_that_has_no_file_handles_left_for_a_while_loses_nothing()
    {
        await using var trial = await grounds.TrialOnDaemonAsync();

        await Handles.UseUpAsync(trial, trial.System.Parts[0]);

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task A_daemon_whose_disk_is_full_for_a_while_loses_nothing()
    {
        SmallDisk.SkipUnlessMounted();
        await using var disk = await SmallDisk.MountAsync();
        await using var system = await DaemonSystem.StartAsync(Path.Combine(disk.Folder, "data"));
        await using var trial = await grounds.TrialOnAsync(system);

        trial.Strike();
        await disk.FillAsync();
        await Budget.PassAsync(3);
        disk.Free();

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }
}
