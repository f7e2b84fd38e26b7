using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Skypunch.UnitTests.Cli;

public sealed class StartStopTests : IDisposable
{
    private readonly CliSetting _setting = new();

    public StartStopTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The daemon of these tests is a shell script.");

    private string DaemonFile => Path.Combine(_setting.Data, "daemon.json");

    [Fact]
    public async Task A_daemon_is_started_once_and_stopped_once()
    {
        FakeDaemon.Write(_setting, FakeDaemon.Ready(_setting));

        var start = await CliRun.OfAsync(_setting, "start", "--config", "my.yaml", "--port", "8000");
        var file = JsonDocument.Parse(await File.ReadAllTextAsync(DaemonFile, TestContext.Current.CancellationToken));
        var pid = file.RootElement.GetProperty("pid").GetInt32();
        Assert.Equal((0, ""), (start.ExitCode, start.Error));
        Assert.Equal(
            [
                $"started with pid {pid}",
                "starting skypunch ....",
                "loaded 2 targets",
                "page: http://127.0.0.1:3",
                $"data: {_setting.Data}",
                $"log:  {_setting.Data}/log/skypunch.log",
                "try:  skypunch open",
                "      skypunch targets",
                "      skypunch targets 1 test",
                "      skypunch stop",
            ],
            start.Lines);
        Assert.Equal(
            $"--background --data {_setting.Data} --config my.yaml --port 8000\n",
            await File.ReadAllTextAsync(Path.Combine(_setting.Data, "arguments"), TestContext.Current.CancellationToken));

        var again = await CliRun.OfAsync(_setting, "start");
        Assert.Equal((1, $"error: skypunch is already running with pid {pid}"), (again.ExitCode, again.Errors.Single()));

        var stop = await CliRun.OfAsync(_setting, "stop");
        Assert.Equal((0, "shutting down skypunch ..."), (stop.ExitCode, stop.Lines.Single()));
        Assert.False(File.Exists(DaemonFile));

        var nothing = await CliRun.OfAsync(_setting, "stop");
        Assert.Equal((1, "error: skypunch is not running"), (nothing.ExitCode, nothing.Errors.Single()));
    }

    [Fact]
    public async Task A_folder_that_is_not_the_default_is_part_of_what_is_suggested()
    {
        FakeDaemon.Write(_setting, FakeDaemon.Ready(_setting));

        var start = await CliRun.OfAsync(_setting, "start", "--data", _setting.Data);
        await CliRun.OfAsync(_setting, "stop");

        Assert.Contains($"try:  skypunch open --data {_setting.Data}", start.Lines);
    }

    [Fact]
    public async Task Programs_get_JSON_of_a_start_and_a_stop()
    {
        FakeDaemon.Write(_setting, FakeDaemon.Ready(_setting));

        var start = JsonDocument.Parse((await CliRun.OfAsync(_setting, "start", "-o", "json")).Out).RootElement;
        var stop = JsonDocument.Parse((await CliRun.OfAsync(_setting, "stop", "-o", "json")).Out).RootElement;

        Assert.Equal("http://127.0.0.1:1", start.GetProperty("admin_url").GetString());
        Assert.Equal(start.GetProperty("pid").GetInt32(), stop.GetProperty("pid").GetInt32());
    }

    [Theory]
    [InlineData(null, null, "error: where is the page of http://127.0.0.1:7413? Give its address with --page, or in SKYPUNCH_PAGE")]
    [InlineData("nonsense", null, "error: --page: must be http://HOST or https://HOST")]
    [InlineData(null, "ftp://example.org", "error: SKYPUNCH_PAGE: must be http://HOST or https://HOST")]
    public async Task A_page_that_nobody_knows_is_not_opened(string? page, string? variable, string error)
    {
        if (variable is not null)
        {
            _setting.Environment["SKYPUNCH_PAGE"] = variable;
        }

        var run = await CliRun.OfAsync(_setting, page is null ? ["open"] : ["open", "--page", page]);

        Assert.Equal((64, error), (run.ExitCode, run.Errors[0]));
    }

    [Theory]
    [InlineData("echo 'Port 7413 is taken.' >&2; exit 1", "error: Port 7413 is taken.")]
    [InlineData("exit 3", "error: skypunch ended with exit code 3 before it was ready; its log may say why: DATA/log/skypunch.log")]
    public async Task A_daemon_that_fails_says_why(string body, string error)
    {
        FakeDaemon.Write(_setting, body);

        var run = await CliRun.OfAsync(_setting, "start");

        Assert.Equal((1, error.Replace("DATA", _setting.Data, StringComparison.Ordinal)), (run.ExitCode, run.Errors.Single()));
    }

    [Fact]
    public async Task A_daemon_that_is_not_ready_after_a_minute_is_ended()
    {
        var time = new FakeTimeProvider();
        using var setting = new CliSetting { Time = time };
        FakeDaemon.Write(setting, "exec sleep 1000");

        var starting = CliRun.OfAsync(setting, "start"); // runs synchronously up to its first wait
        time.Advance(TimeSpan.FromSeconds(61));
        var run = await starting;

        Assert.Equal(
            (1, $"error: skypunch was not ready after 60 s and has been stopped; its log may say why: {setting.Data}/log/skypunch.log"),
            (run.ExitCode, run.Errors[^1]));
        await EndOfAsync(int.Parse(run.Lines[0].Split(' ')[^1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_daemon_that_says_that_it_goes_on_is_waited_for_longer()
    {
        var time = new FakeTimeProvider();
        using var setting = new CliSetting { Time = time };
        FakeDaemon.Write(setting, $"for i in 1 2 3; do echo waiting $i; until [ -e '{setting.Data}'/go$i ]; do sleep 0.02; done; done; {FakeDaemon.Ready(setting)}");
        using var stdout = new HeardLines();
        using var stderr = new StringWriter();

        var run = Skypunch.Cli.CliProgram.RunAsync(["start"], setting.Around(stdout, stderr), TestContext.Current.CancellationToken);
        for (var i = 1; i <= 3; i++)
        {
            await stdout.UntilAsync($"waiting {i}");
            time.Advance(TimeSpan.FromSeconds(50));
            setting.WriteFile($"go{i}", "");
        }

        Assert.Equal(0, await run);
        var pid = int.Parse(stdout.ToString().Split('\n')[0].Split(' ')[^1], CultureInfo.InvariantCulture);
        using var daemon = Process.GetProcessById(pid);
        daemon.Kill(entireProcessTree: true);
    }

    [Fact]
    public async Task A_daemon_file_whose_process_has_gone_or_is_another_program_is_recognised()
    {
        foreach (var pid in new[] { int.MaxValue, Environment.ProcessId })
        {
            _setting.WriteFile("daemon.json", $$"""{"pid":{{pid}},"adminUrl":"http://127.0.0.1:1","log":"/the/log"}""");

            var stop = await CliRun.OfAsync(_setting, "stop");

            Assert.Equal(
                (1, $"error: skypunch is not running: pid {pid} has gone without a clean stop; its log may say why: /the/log"),
                (stop.ExitCode, stop.Errors.Single()));
        }
    }

    [Fact]
    public async Task A_daemon_file_whose_pid_belongs_to_the_daemon_of_another_folder_stops_nobody()
    {
        using var other = new CliSetting();
        await using var daemon = await FakeDaemon.StartAsync(other, "http://127.0.0.1:1");
        _setting.WriteFile("skypunchd.lock", "");
        _setting.WriteFile("daemon.json", $$"""{"pid":{{daemon.Pid}},"adminUrl":"http://127.0.0.1:1","log":"/the/log"}""");

        var stop = await CliRun.OfAsync(_setting, "stop");
        var stopOther = await CliRun.OfAsync(other, "stop");

        Assert.StartsWith($"error: skypunch is not running: pid {daemon.Pid} has gone", stop.Errors.Single(), StringComparison.Ordinal);
        Assert.Equal(0, stopOther.ExitCode);
    }

    [Fact]
    public async Task A_daemon_that_holds_the_folder_and_is_not_ready_yet_is_reported()
    {
        await using var held = new FileStream(Path.Combine(_setting.Data, "skypunchd.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var stop = await CliRun.OfAsync(_setting, "stop");

        Assert.Equal((1, "error: skypunch is just starting or stopping: try again in a moment"), (stop.ExitCode, stop.Errors.Single()));
    }

    [Fact]
    public async Task In_the_foreground_the_daemon_ends_when_it_is_asked_to_and_its_exit_code_is_ours()
    {
        FakeDaemon.Write(_setting, FakeDaemon.Ready(_setting));
        using var interrupt = new CancellationTokenSource();
        using var stdout = new StringWriter();
        using var stderr = new StringWriter();
        using var ready = new FileSystemWatcher(_setting.Data, "daemon.json") { EnableRaisingEvents = true };
        var isReady = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ready.Created += (_, _) => isReady.TrySetResult();

        var run = Skypunch.Cli.CliProgram.RunAsync(["start", "--foreground"], _setting.Around(stdout, stderr), interrupt.Token);
        await isReady.Task.WaitAsync(TestContext.Current.CancellationToken);
        await interrupt.CancelAsync();

        Assert.Equal(7, await run);
    }

    [Fact]
    public async Task A_daemon_that_cannot_be_found_or_run_is_reported()
    {
        var none = await CliRun.OfAsync(_setting, "start");
        Assert.Equal(
            $"error: the daemon skypunchd is not beside {_setting.Data}: install it there, or name it in SKYPUNCH_DAEMON",
            none.Errors.Single());

        _setting.Environment["SKYPUNCH_DAEMON"] = _setting.WriteFile("not-a-program", "");
        var broken = await CliRun.OfAsync(_setting, "start");
        Assert.StartsWith($"error: the daemon {_setting.Data}/not-a-program cannot be started: ", broken.Error, StringComparison.Ordinal);
    }

    private static async Task EndOfAsync(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (ArgumentException)
        {
            // the process has ended already
        }
    }

    public void Dispose() => _setting.Dispose();
}
