using System.Diagnostics;

namespace Skypunch.UnitTests.Cli;

/// <summary>A program named skypunchd that prints what a test wants, with the data folder of a setting.</summary>
internal sealed class FakeDaemon : IAsyncDisposable
{
    private readonly Process _process;

    private FakeDaemon(Process process) => _process = process;

    /// <summary>Starts a fake daemon that is ready.</summary>
    public static async Task<FakeDaemon> StartAsync(CliSetting setting, string adminUrl)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The daemon of these tests is a shell script.");
        var script = Write(setting, Ready(setting, adminUrl));
        var start = new ProcessStartInfo(script, "--background") { RedirectStandardOutput = true, RedirectStandardInput = true };
        var process = Process.Start(start)!;
        while (await Eventually.InTimeAsync(process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)) is not (null or "ready"))
        {
        }

        return new FakeDaemon(process);
    }

    /// <summary>Writes a fake daemon, given as a shell script, where <c>start</c> finds it.</summary>
    public static string Write(CliSetting setting, string body)
    {
        var script = setting.WriteFile("skypunchd", $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return script;
    }

    public int Pid => _process.Id;

    /// <summary>The script of a normal daemon: it takes the lock, reports that it is ready, and runs until SIGTERM.</summary>
    public static string Ready(CliSetting setting, string adminUrl = "http://127.0.0.1:1") =>
        $$"""
        exec 9> '{{setting.Data}}/skypunchd.lock'
        flock -n 9 2> /dev/null || perl -e 'open F, ">&=9"; flock F, 6 or exit 1' || exit 1
        trap 'rm "{{setting.Data}}/daemon.json"; kill $nap 2> /dev/null; exit 7' TERM
        echo "$@" > '{{setting.Data}}/arguments'
        echo '{"pid":'$$',"adminUrl":"{{adminUrl}}","webUrl":"http://127.0.0.1:3","log":"{{setting.Data}}/log/skypunch.log"}' > '{{setting.Data}}/daemon.json'
        [ "$1" = --background ] && echo loaded 2 targets && echo ready
        exec > /dev/null 2> /dev/null < /dev/null
        while :; do sleep 60 9>&- & nap=$!; wait $nap; done
        """;

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
