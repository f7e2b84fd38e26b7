using System.ComponentModel;
using System.Diagnostics;

namespace Skypunch.UnitTests.Deployment;

/// <summary>The systemd units in <c>deploy/systemd</c>.</summary>
public sealed class SystemdTests
{
    public static TheoryData<string> Units
        => [.. Directory.GetFiles(Sources.PathOf("deploy/systemd"), "*.service").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Units))]
    public void Systemd_understands_all_of_it_and_finds_little_that_it_exposes(string unit)
    {
        using var temp = new Standalone.TempFolder();
        var text = string.Join('\n', Lines(unit).Select(line => line.StartsWith("ExecStart=", StringComparison.Ordinal) ? "ExecStart=/bin/sh" : line));
        var copy = temp.Write(unit, text); // the program of the unit is not installed here

        var verdict = SystemdAnalyze("verify", copy);
        Assert.True(verdict.ExitCode == 0 && verdict.Output.Length == 0, verdict.Output);

        var exposure = SystemdAnalyze("security", "--offline=true", "--threshold=20", copy); // in tenths: an exposure of at most 2.0 of 10
        Assert.True(exposure.ExitCode == 0, exposure.Output);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void A_unit_hands_over_secrets_by_the_names_of_settings_and_gives_time_to_stop(string unit)
    {
        var lines = Lines(unit);
        var known = KnownSettings.All.Select(setting => setting.Name)
            .Concat(["ca.crt", "RabbitMq__Pass", "ConnectionStrings__Scheduler", "ConnectionStrings__Notifier"]).ToHashSet();

        var credentials = lines.Where(line => line.StartsWith("LoadCredential=", StringComparison.Ordinal)).Select(line => line.Split('=', 2)[1].Split(':')).ToList();

        var service = unit.Split('-', '.')[1];
        Assert.All(credentials, credential => Assert.True(
            known.Contains(credential[0])
            && credential[1].EndsWith(
                credential[0] switch { "RabbitMq__Pass" => $"/rabbitmq-{service}", "Secrets__Key" => $"/key-{service}", var same => $"/{same}" },
                StringComparison.Ordinal)));
        Assert.Equal(credentials.Count > 0, lines.Contains("Environment=SKYPUNCH_SECRETS_DIR=%d"));
        Assert.Contains("DynamicUser=yes", lines);
        Assert.Contains("ProtectSystem=strict", lines);
        Assert.Contains("TimeoutStopSec=45", lines);
    }

    [Theory]
    [InlineData("scheduler")]
    [InlineData("prober")]
    [InlineData("notifier")]
    [InlineData("web")]
    public void A_service_has_the_same_secrets_on_a_bare_machine_as_in_a_cluster(string name)
    {
        var mounted = Manifests.Build("production").Named<k8s.Models.V1Deployment>(name).Spec.Template.Spec.Volumes
            .SelectMany(volume => volume.Secret.Items).Select(item => item.Path);

        var loaded = Lines($"skypunch-{name}.service")
            .Where(line => line.StartsWith("LoadCredential=", StringComparison.Ordinal)).Select(line => line.Split('=', 2)[1].Split(':')[0]);

        Assert.Equal(mounted.Order(), loaded.Order());
    }

    private static string[] Lines(string unit) => Sources.Read($"deploy/systemd/{unit}").Split('\n');

    private static (int ExitCode, string Output) SystemdAnalyze(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("systemd-analyze", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.Result);
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no systemd on this machine.");
            throw;
        }
    }
}
