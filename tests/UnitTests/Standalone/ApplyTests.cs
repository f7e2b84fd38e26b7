using Skypunch.Admin.V1;
using Skypunch.UnitTests.Cli;

namespace Skypunch.UnitTests.Standalone;

/// <summary>
/// Configuration files and a real daemon: its first start takes a login from clouds.yaml, and apply compares the files with what the daemon
/// has.
/// </summary>
public sealed class ApplyTests : IDisposable
{
    private const string Configuration =
        """
        targets:
          - name: Skypunch health
            url: ${SKYPUNCH_HEALTH_URL:-http://127.0.0.1:7414}/healthz
            frequency: 5s
          - name: Object storage
            url: http://127.0.0.1:9/
            cloud: prod
        notifiers:
          - {name: Nobody, address: nobody@example.org, params: {server: 127.0.0.1}}
        """;

    private const string Clouds = "clouds: {prod: {auth: {auth_url: http://127.0.0.1:9/v3, username: u, password: s3cr3t, project_name: p}}}";

    private readonly TempFolder _temp = new();
    private readonly CliSetting _setting = new();

    public ApplyTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The daemon is asked to stop by a signal.");

    public void Dispose()
    {
        _setting.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task A_store_that_was_filled_from_a_file_is_kept_as_files_say()
    {
        var file = _temp.Write("skypunch.yaml", Configuration);
        _setting.Environment["OS_CLIENT_CONFIG_FILE"] = _temp.Write("clouds.yaml", Clouds);
        _setting.Environment["SKYPUNCH_HOME"] = _temp.In("data");
        using var daemon = await DaemonProcess.StartAsync(_temp.In("data"), DaemonProcess.FreePort(), folder: _temp.Path);
        Assert.Equal(Authn.Openstack, (await daemon.TargetsAsync())[1].Authn);

        var same = await CliRun.OfAsync(_setting, "apply", "-f", file);
        _temp.Write("skypunch.yaml", "targets:\n  - {name: Skypunch health, url: http://127.0.0.1:9/, failure_threshold: 3}\n  - {name: New, url: http://127.0.0.1:9/}\nnotifiers:\n");
        var dry = await CliRun.OfAsync(_setting, "apply", "-f", file, "--prune", "--dry-run");
        var changed = await CliRun.OfAsync(_setting, "apply", "-f", file, "--prune");

        Assert.Equal(
            [
                "notifier \"Nobody\" updated (params*)", "target \"Skypunch health\" unchanged", "target \"Object storage\" updated (authn_params*)",
                "* cannot be read back to be compared, so it is written each time", "0 created, 2 updated, 1 unchanged, 0 deleted",
            ],
            same.Lines);
        string[] expected =
        [
            "target \"Skypunch health\" updated (url, frequency, timeout, failure_threshold)", "target \"New\" created",
            "target \"Object storage\" deleted", "notifier \"Nobody\" deleted", "1 created, 1 updated, 0 unchanged, 2 deleted",
        ];
        Assert.Equal(expected, changed.Lines);
        Assert.Equal(expected[..4], dry.Lines[..4].Select(line => line.Replace("would be ", "", StringComparison.Ordinal)));
        var target = (await daemon.TargetsAsync())[0];
        Assert.Equal((10, 10, 3), (target.Frequency.Seconds, target.Timeout.Seconds, target.FailureThreshold)); // the defaults again
        _temp.Write("skypunch.yaml", (await CliRun.OfAsync(_setting, "export")).Out);
        Assert.Equal("0 created, 0 updated, 2 unchanged, 0 deleted", (await CliRun.OfAsync(_setting, "apply", "-f", file, "--prune")).Lines[^1]);
        Assert.Equal(0, await daemon.StopAsync());
    }

    [Fact]
    public async Task A_first_start_says_what_is_wrong_with_a_cloud()
    {
        var config = _temp.Write("start.yaml", Configuration.Replace("cloud: prod", "cloud: no-such-cloud", StringComparison.Ordinal));

        var (exitCode, error) = await DaemonProcess.FailAsync(_temp.In("data"), DaemonProcess.FreePort(), config);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{config}:7: targets[1].cloud: ", error, StringComparison.Ordinal);
    }
}
