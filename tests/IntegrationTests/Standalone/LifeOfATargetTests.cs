using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Standalone;

/// <summary>
/// Skypunch on one machine, as a newcomer uses it: the real command line and daemon, a web server that fails and recovers, and a real mail
/// server.
/// </summary>
public sealed partial class LifeOfATargetTests(SmtpServer smtp) : IDisposable
{
    private const string Path = "/watched";

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-life-").FullName;

    [Fact]
    public async Task A_server_that_fails_and_recovers_is_seen_counted_and_mailed_exactly()
    {
        var mailbox = SmtpServer.NewAddress();
        var webPort = ContainerServer.FreePort();
        await WriteConfigurationAsync(mailbox, webPort);
        var server = await WatchedServer.StartAsync(webPort);
        await using var skypunch = new CommandLine(_folder, ContainerServer.FreePort());

        Assert.Contains("loaded 1 target", await skypunch.StartAsync());
        await UntilAsync(skypunch, t => (Text(t, "status"), Number(t, "pass_count") > 1) == ("PASS", true), "the target passes");
        server.Down[Path] = true;
        await UntilAsync(skypunch, t => (Text(t, "status"), Text(t, "status_description")) == ("FAIL", "target status:503 != 200"), "the target fails with 503");
        await server.DisposeAsync();
        await UntilAsync(skypunch, t => Text(t, "status_description").StartsWith("connection refused", StringComparison.Ordinal), "the target fails as its server is stopped");
        await using var again = await WatchedServer.StartAsync(webPort);
        await UntilAsync(skypunch, t => Text(t, "status") == "PASS", "the target passes again");

        await skypunch.DoAsync("targets", "1", "disable");
        await skypunch.DoAsync("stop");
        await CountersMatchAsync(skypunch, server, again);
        await MailsTellAsync(mailbox);
        await TheLogHasALinePerProbeAsync(skypunch, server, again);
    }

    [Fact]
    public async Task Rows_written_by_hand_that_cannot_be_probed_fail_with_their_reason()
    {
        await File.WriteAllTextAsync(System.IO.Path.Combine(_folder, "skypunch.yaml"), "targets: []\n", TestContext.Current.CancellationToken);
        await using var skypunch = new CommandLine(_folder, ContainerServer.FreePort());
        await skypunch.StartAsync();

        await InsertAsync(skypunch, "('no-params', 'http://127.0.0.1:9/', 'GET', 'BASIC', NULL), ('bad-method', 'http://127.0.0.1:9/', 'BREW A', 'NONE', NULL), "
            + "('bad-url', 'nonsense', 'GET', 'NONE', NULL), ('openstack', 'http://127.0.0.1:9/', 'GET', 'OPENSTACK', 'user=u'), ('nobody-home', 'http://127.0.0.1:9/', 'GET', 'NONE', NULL)");
        await UntilAllAsync(skypunch, targets => targets.Count(t => Text(t, "status") == "FAIL") == 5, "all five have failed");

        var reasons = (await ListAsync(skypunch)).ToDictionary(t => Text(t, "name"), t => (Reason: Text(t, "reason"), Words: Text(t, "status_description")));
        Assert.Equal("auth_params_invalid", reasons["no-params"].Reason);
        Assert.Contains("user, password", reasons["no-params"].Words);
        Assert.Equal("auth_params_invalid", reasons["openstack"].Reason);
        Assert.Contains("password, osauthendpoint, tenantid", reasons["openstack"].Words);
        Assert.Equal("target_invalid", reasons["bad-method"].Reason);
        Assert.Contains("BREW", reasons["bad-method"].Words);
        Assert.Equal("target_invalid", reasons["bad-url"].Reason);
        Assert.Equal("connect_refused", reasons["nobody-home"].Reason);

        var test = await skypunch.RunAsync("targets", "5", "test");
        Assert.Equal(2, test.ExitCode);
        Assert.Contains("[FAIL] reason: connection refused", test.Out);

        var trace = await skypunch.RunAsync("targets", "5", "trace");
        Assert.Equal(0, trace.ExitCode);
        Assert.StartsWith("Last failure:\n[5] nobody-home", trace.Out, StringComparison.Ordinal);
        Assert.Contains("\nLast change, NEW > FAIL:\n[5] nobody-home", trace.Out);
        Assert.Equal(2, trace.Out.Split("[FAIL] reason: connection refused").Length - 1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task WriteConfigurationAsync(string mailbox, int webPort)
    {
        var authority = System.IO.Path.Combine(_folder, "ca.pem");
        await File.WriteAllTextAsync(authority, await smtp.CertificateAuthorityPemAsync(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            System.IO.Path.Combine(_folder, "skypunch.yaml"),
            $$"""
            targets:
              - name: Watched
                url: http://127.0.0.1:{{webPort}}{{Path}}
                frequency: 1s
            notifiers:
              - name: Operations
                address: {{mailbox}}
                params:
                  server: {{smtp.Host}}
                  port: {{smtp.SubmissionPort}}
                  user: {{SmtpServer.User}}
                  password: {{SmtpServer.Password}}
                  from: skypunch@example.org
                  ca: {{authority}}
            """,
            TestContext.Current.CancellationToken);
    }

    private static async Task CountersMatchAsync(CommandLine skypunch, WatchedServer before, WatchedServer after)
    {
        await skypunch.StartAsync(); // the data outlives the stop
        var target = Assert.Single(await ListAsync(skypunch));
        var asked = before.Arrivals(Path).Count + after.Arrivals(Path).Count;

        Assert.Equal(asked, Number(target, "count_200") + Number(target, "count_500"));
        Assert.Equal(Number(target, "pass_count"), Number(target, "count_200"));
        Assert.Equal(Number(target, "fail_count"), Number(target, "count_500") + Number(target, "network_fail_count"));
        Assert.True(Number(target, "count_500") > 0 && Number(target, "network_fail_count") > 0);
        Assert.Equal(0, Number(target, "repeated_fail_count"));
    }

    private async Task MailsTellAsync(string mailbox)
    {
        var mails = await smtp.WaitForAsync(mailbox, 2);

        Assert.Equal(
            ["Skypunch FAILURE detected for Watched", "Skypunch SUCCESS detected for Watched"],
            mails.Select(mail => mail.Subject));
        Assert.Contains("target status:503 != 200", mails[0].TextBody);
        Assert.Contains("[FAIL] reason: target status:503 != 200", mails[0].TextBody);
        Assert.Contains("Response [OK]", mails[1].TextBody);
    }

    private static async Task TheLogHasALinePerProbeAsync(CommandLine skypunch, WatchedServer before, WatchedServer after)
    {
        var lines = await File.ReadAllLinesAsync(System.IO.Path.Combine(skypunch.Data, "log", "skypunch.log"), TestContext.Current.CancellationToken);
        var probes = lines.Where(line => ProbeLine().IsMatch(line)).ToList();
        var refused = probes.Count(line => line.Contains("FAIL (connection refused", StringComparison.Ordinal));

        Assert.Equal(before.Arrivals(Path).Count + after.Arrivals(Path).Count, probes.Count - refused);
        Assert.True(refused > 0);
    }

    private static async Task InsertAsync(CommandLine skypunch, string values)
    {
        await using var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(skypunch.Data, "scheduler.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the SQL is the test's own
        command.CommandText = $"INSERT INTO targets (name, url, method, authn, authn_parms) VALUES {values}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static Task UntilAsync(CommandLine skypunch, Func<JsonElement, bool> holds, string what)
        => UntilAllAsync(skypunch, targets => targets.Count == 1 && holds(targets[0]), what);

    private static Task UntilAllAsync(CommandLine skypunch, Func<List<JsonElement>, bool> hold, string what)
        => Eventually.HoldsAsync(async () => hold(await ListAsync(skypunch)), what);

    private static async Task<List<JsonElement>> ListAsync(CommandLine skypunch)
    {
        using var json = JsonDocument.Parse(await skypunch.DoAsync("targets", "-o", "json"));
        return [.. json.RootElement.EnumerateArray().Select(target => target.Clone())];
    }

    private static string Text(JsonElement target, string name) => target.GetProperty(name).GetString()!;

    private static long Number(JsonElement target, string name) => target.GetProperty(name).GetInt64();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (INFO|ERROR) \[1\] Watched {24}GET http://127\.0\.0\.1:\d+/watched (PASS|FAIL) \(.+\)$")]
    private static partial Regex ProbeLine();
}
