using System.Diagnostics;
using System.Globalization;
using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>The machine has nothing left of something: no target fails for it, and all is well as soon as there is some again.</summary>
public sealed class UsedUpTests(Grounds grounds)
{
    [Fact]
    public async Task The_daemon_has_no_file_handles_left_for_a_while()
    {
        await using var trial = await grounds.TryDaemonAsync();
        var process = trial.System.Parts[0].Id.ToString(CultureInfo.InvariantCulture);
        var held = Directory.GetFiles($"/proc/{process}/fd").Length;

        trial.Strike();
        await ToolAsync("prlimit", "--pid", process, $"--nofile={held}:");
        await Budget.PassAsync(4);
        await ToolAsync("prlimit", "--pid", process, "--nofile=4096:");

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task The_daemons_disk_is_full_for_a_while()
    {
        Assert.SkipUnless(Environment.UserName == "root", "A small disk is mounted by root only.");
        var folder = Directory.CreateTempSubdirectory("skypunch-disk-").FullName;
        await ToolAsync("mount", "-t", "tmpfs", "-o", "size=64m", "none", folder);
        try
        {
            await using var system = await DaemonSystem.StartAsync(Path.Combine(folder, "data"));
            await using var trial = await grounds.TryAsync(system);

            trial.Strike();
            await FillAsync(Path.Combine(folder, "ballast"));
            await Budget.PassAsync(4);
            File.Delete(Path.Combine(folder, "ballast"));

            await trial.FullRateAsync();
            await trial.ReconcileAsync();
        }
        finally
        {
            await ToolAsync("umount", "--lazy", folder);
        }
    }

    private static async Task FillAsync(string path)
    {
        await using var file = File.Create(path);
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

    private static async Task ToolAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(tool, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
