using System.Diagnostics;
using System.Globalization;
using Skypunch.Faults.Ground;

namespace Skypunch.Faults;

/// <summary>The machine has nothing left of something: no target fails for it, and all is well as soon as there is some again.</summary>
public sealed class UsedUpTests(Grounds grounds)
{
    private const int Plenty = 4096;

    [Fact]
    public async Task The_daemon_has_no_file_handles_left_for_a_while()
    {
        await using var trial = await grounds.TryDaemonAsync();

        await HaveNoHandlesAsync(trial, trial.System.Parts[0]);

        await trial.FullRateAsync();
        await trial.ReconcileAsync();
    }

    [Fact]
    public async Task A_service_of_each_kind_has_no_file_handles_left_for_a_while()
    {
        await using var trial = await grounds.TryServicesAsync();
        var services = (ServicesSystem)trial.System;

        await HaveNoHandlesAsync(trial, services.Schedulers[0], services.Probers[0], services.Notifiers[0]);

        await trial.FullRateAsync();
        await trial.ReconcileAsync(new Allowance { DoubledMails = Allowed.MailsInFlight(trial) });
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

    private static async Task HaveNoHandlesAsync(Trial trial, params ServiceProcess[] parts)
    {
        trial.Strike();
        foreach (var part in parts)
        {
            await LimitHandlesAsync(part, Directory.GetFiles($"/proc/{part.Id}/fd").Length);
        }

        await Budget.PassAsync(4);
        foreach (var part in parts)
        {
            await HaveHandlesAgainAsync(trial, part);
        }
    }

    // .NET itself ends a process that cannot open an assembly, with "Out of memory.": whatever supervises the process starts it again.
    private static async Task HaveHandlesAgainAsync(Trial trial, ServiceProcess part)
    {
        if (!part.HasEnded)
        {
            await LimitHandlesAsync(part, Plenty);
            return;
        }

        trial.Strike();
        part.StartAgain();
        await part.WaitUntilReadyAsync();
    }

    private static Task LimitHandlesAsync(ServiceProcess part, int count)
        => ToolAsync("prlimit", "--pid", part.Id.ToString(CultureInfo.InvariantCulture), $"--nofile={count.ToString(CultureInfo.InvariantCulture)}:");

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
