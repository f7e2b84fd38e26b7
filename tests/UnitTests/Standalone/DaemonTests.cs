using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Standalone;

/// <summary>The daemon as a separate process, from its start to its end.</summary>
public sealed class DaemonTests : IDisposable
{
    private const string Example =
        """
        targets:
          - name: Skypunch health
            url: ${SKYPUNCH_HEALTH_URL}/healthz
            frequency: 1s
        notifiers:
          - name: Nobody
            address: nobody@example.org
            params: {server: 127.0.0.1, password: "a,b", user: me}
        """;

    private readonly TempFolder _temp = new();
    private readonly int _port = DaemonProcess.FreePort();

    private string Data => _temp.In("data");

    public DaemonTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The daemon is asked to stop by a signal.");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_first_start_loads_the_file_in_the_current_folder_and_probes_it_within_two_seconds()
    {
        _temp.Write("skypunch.yaml", Example);

        using var daemon = await DaemonProcess.StartAsync(Data, _port, folder: _temp.Path);

        var target = await ProbedAsync(daemon);
        Assert.Equal("loaded 1 target and 1 notifier from skypunch.yaml\n", daemon.Said);
        Assert.Equal($"http://127.0.0.1:{_port + 1}/healthz", target.Url);
        Assert.Equal(TargetStatus.Pass, target.State.Status);
        Assert.InRange(target.State.LastUpdateTime.ToDateTimeOffset() - daemon.File.StartedAt, TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(2));
        Assert.Equal((daemon.Pid, $"http://127.0.0.1:{_port}"), (daemon.File.Pid, daemon.File.AdminUrl));
        Assert.Equal(0, await daemon.StopAsync());
    }

    [Fact]
    public async Task What_was_counted_survives_a_stop_and_nothing_is_loaded_again()
    {
        var config = _temp.Write("start.yaml", Example);
        using (var first = await DaemonProcess.StartAsync(Data, _port, config))
        {
            await ProbedAsync(first);
            Assert.Equal(0, await first.StopAsync());
        }

        Assert.False(File.Exists(Path.Combine(Data, "daemon.json")));
        var log = File.ReadAllLines(Path.Combine(Data, "log", "skypunch.log"));
        var probes = log.Count(line => line.EndsWith($"INFO [1] Skypunch health                GET http://127.0.0.1:{_port + 1}/healthz PASS (OK)", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("FAIL", StringComparison.Ordinal)); // the last probe still reached the listener

        File.WriteAllText(config, "targets: [");
        using var second = await DaemonProcess.StartAsync(Data, _port, config);

        var target = Assert.Single(await second.TargetsAsync());
        Assert.InRange(target.State.PassCount, probes, probes + 2);
        Assert.Equal(0, target.State.FailCount);
        Assert.Equal($"{config} was not loaded: there are targets or notifiers already, and only an empty store is filled from a file.\n", second.Said);
        Assert.Equal(0, await second.StopAsync());
    }

    [Fact]
    public async Task A_daemon_that_cannot_note_that_it_is_ready_watches_on_and_notes_it_when_it_can()
    {
        var inTheWay = Directory.CreateDirectory(Path.Combine(Data, "daemon.json.new")).FullName;
        var told = new List<string>();

        using var daemon = await DaemonProcess.StartAsync(
            Data,
            _port,
            _temp.Write("start.yaml", Example),
            heard: line =>
            {
                if (line.Contains("cannot be written to", StringComparison.Ordinal))
                {
                    told.Add(line);
                    Directory.Delete(inTheWay);
                }
            });

        Assert.StartsWith($"{Data} cannot be written to, and the command line finds this daemon only when it can: ", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(TargetStatus.Pass, (await ProbedAsync(daemon)).State.Status);
        Assert.Equal(0, await daemon.StopAsync());
    }

    [Fact]
    public async Task An_attached_daemon_prints_its_log()
    {
        using var daemon = await DaemonProcess.StartAsync(Data, _port, attached: true);

        Assert.Matches(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO Skypunch .+ is ready: admin API http://127.0.0.1:\d+, data ", daemon.Said);
        static bool IsInfo(string line) => line.Contains(" INFO ", StringComparison.Ordinal); // a slow machine adds a warning
        var said = daemon.Said.Split('\n').Where(IsInfo).ToList();
        Assert.Equal(File.ReadAllLines(Path.Combine(Data, "log", "skypunch.log")).Where(IsInfo).Take(said.Count), said);
    }

    [Fact]
    public async Task A_broken_file_is_reported_line_by_line_before_anything_is_made()
    {
        var config = _temp.Write("broken.yaml", "targets:\n  - name: a\n    frequency: soon\n    urk: http://localhost\n");

        var (exitCode, error) = await DaemonProcess.FailAsync(Data, _port, config);

        Assert.Equal(1, exitCode);
        Assert.Equal([$"{config}:2:", $"{config}:3:", $"{config}:4:"], error.Split('\n').Select(line => line[..(line.IndexOf(": ", StringComparison.Ordinal) + 1)]));
        Assert.False(File.Exists(Path.Combine(Data, "scheduler.db")));
    }

    [Fact]
    public async Task What_the_admin_API_does_not_accept_is_reported_with_its_lines_and_nothing_is_loaded()
    {
        var config = _temp.Write(
            "wrong.yaml",
            Example.Replace("frequency: 1s", "frequency: 1s\n    timeout: 1m", StringComparison.Ordinal)
            + "\n  - name: Two\n    address: two@example.org\n    params: server=127.0.0.1,user=me\n");

        var (exitCode, error) = await DaemonProcess.FailAsync(Data, _port, config);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{config}:5: targets[0].timeout: must be", error, StringComparison.Ordinal);
        Assert.Contains($"{config}:12: notifiers[1].params: ", error, StringComparison.Ordinal);
        Assert.Equal(0, await RowsAsync("targets", "scheduler.db") + await RowsAsync("notifiers", "notifier.db"));
    }

    [Fact]
    public async Task A_first_load_that_was_killed_in_the_middle_is_done_again_from_the_beginning()
    {
        var config = _temp.Write("half.yaml", Example.Replace("Skypunch health", "Half", StringComparison.Ordinal));
        using (var first = await DaemonProcess.StartAsync(Data, _port, config))
        {
            Assert.Equal(0, await first.StopAsync());
        }

        var mark = Path.Combine(Data, "loading");
        Assert.False(File.Exists(mark));
        File.WriteAllText(mark, ""); // the mark that a killed daemon leaves
        using var second = await DaemonProcess.StartAsync(Data, _port, _temp.Write("whole.yaml", Example));

        Assert.Equal("Skypunch health", Assert.Single(await second.TargetsAsync()).Name);
        Assert.Equal(
            $"the first load was interrupted: what it had loaded was deleted.\nloaded 1 target and 1 notifier from {_temp.In("whole.yaml")}\n",
            second.Said);
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task A_daemon_that_is_told_to_stop_while_it_loads_its_file_ends_well_and_has_loaded_nothing()
    {
        var many = string.Concat(Enumerable.Range(0, 3000).Select(i => $"  - name: t{i}\n    url: http://127.0.0.1:1/\n    enabled: false\n"));

        var (exitCode, output, error) = await DaemonProcess.StopEarlyAsync(Data, _port, _temp.Write("many.yaml", $"targets:\n{many}"));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.EndsWith("stopped before it was ready\n", output, StringComparison.Ordinal);
        using var daemon = await DaemonProcess.StartAsync(Data, _port);
        Assert.Empty(await daemon.TargetsAsync());
    }

    [Theory]
    [InlineData(0, "the admin API")]
    [InlineData(1, "the health endpoint")]
    public async Task A_port_that_is_taken_is_named(int offset, string what)
    {
        using var other = new TcpListener(IPAddress.Loopback, _port + offset);
        other.Start();

        var (exitCode, error) = await DaemonProcess.FailAsync(Data, _port);

        Assert.Equal((1, $"Port {_port + offset} for {what} is taken by another process; choose another with --port."), (exitCode, error));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_reported()
        => Assert.Equal((1, "The configuration file no.yaml does not exist."), await DaemonProcess.FailAsync(Data, _port, "no.yaml"));

    [Theory]
    [InlineData("scheduler.db")]
    [InlineData("notifier.db")]
    public async Task A_file_that_is_no_store_is_reported(string name)
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "secrets.key"), Convert.ToBase64String(new byte[32]));
        File.WriteAllText(Path.Combine(Data, name), new string('x', 5000));

        var (exitCode, error) = await DaemonProcess.FailAsync(Data, _port);

        Assert.Equal((1, $"The store {Path.Combine(Data, name)} cannot be used: SQLite Error 26: 'file is not a database'."), (exitCode, error));
    }

    private async Task<long> RowsAsync(string table, string store)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, store)};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own text
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task<Target> ProbedAsync(DaemonProcess daemon)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await tick.WaitForNextTickAsync(late.Token))
        {
            if (await daemon.TargetsAsync() is [{ State.Status: not TargetStatus.New } probed])
            {
                return probed;
            }
        }

        throw new TimeoutException("It was not probed.");
    }
}
