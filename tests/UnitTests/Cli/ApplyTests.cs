using System.Text.Json;
using Grpc.Core;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Cli;

public sealed class ApplyTests : IAsyncLifetime
{
    private const string Both =
        """
        targets:
          - {name: Shop, url: http://shop, frequency: 10s}
          - {name: My site, url: http://site}
        notifiers:
          - {name: Ops, address: ops@example.org, params: server=mail}
        """;

    private AdminServer _server = null!;
    private CliSetting _setting = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AdminServer.StartAsync();
        _setting = new CliSetting(_server.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _setting.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_is_missing_is_created_and_what_is_the_same_is_left()
    {
        var first = await ApplyAsync(Both);
        var second = await ApplyAsync(Both);

        Assert.Equal(
            ["notifier \"Ops\" created", "target \"Shop\" created", "target \"My site\" created", "3 created, 0 updated, 0 unchanged, 0 deleted"],
            first.Lines);
        Assert.Equal(new Target { Id = 1, Name = "Shop", Url = "http://shop", Frequency = new() { Seconds = 10 } }, _server.Targets.All[1]);
        Assert.Equal(["target \"Shop\" unchanged", "target \"My site\" unchanged"], second.Lines[1..3]);
        Assert.Null(_server.Targets.Mask);
    }

    [Fact]
    public async Task An_update_names_what_differs_also_what_the_file_does_not_say_any_more()
    {
        await ApplyAsync(Both);

        var run = await ApplyAsync("targets: [{name: Shop, url: http://shop, enabled: false}, {name: My site, url: http://other}]");

        Assert.Equal(
            ["target \"Shop\" updated (frequency, enabled)", "target \"My site\" updated (url)", "0 created, 2 updated, 0 unchanged, 0 deleted"],
            run.Lines);
        Assert.False(_server.Targets.All[1].Enabled);
        Assert.Equal(["url"], _server.Targets.Mask!.Paths);
    }

    [Fact]
    public async Task A_secret_is_written_each_time_and_marked()
    {
        const string Text = "targets: [{name: a, url: http://a, authn: BASIC, authn_params: 'user=u,password=p'}, {name: b, url: http://b}, "
            + "{name: c, url: http://c, method: POST}, {name: d, url: http://d, method: POST, body: x}]";
        await ApplyAsync(Text);
        _server.Targets.All[2].HasBody = true;

        var run = await ApplyAsync(Text);

        Assert.Equal("target \"a\" updated (authn_params*)", run.Lines[0]);
        Assert.Equal("target \"b\" updated (body*)", run.Lines[1]); // the body that the file no longer has is removed
        Assert.Equal("target \"c\" unchanged", run.Lines[2]);
        Assert.Equal("target \"d\" updated (body*)", run.Lines[3]);
        Assert.Equal("* cannot be read back to be compared, so it is written each time", run.Lines[4]);
        Assert.DoesNotContain("password", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_prune_deletes_and_only_of_a_list_that_is_given()
    {
        await ApplyAsync(Both);

        var without = await ApplyAsync("targets: [{name: Shop, url: http://shop, frequency: 10s}]");
        var with = await ApplyAsync("targets: [{name: Shop, url: http://shop, frequency: 10s}]", "--prune");

        Assert.Equal("0 created, 0 updated, 1 unchanged, 0 deleted", without.Lines[^1]);
        Assert.Equal(["target \"Shop\" unchanged", "target \"My site\" deleted", "0 created, 0 updated, 1 unchanged, 1 deleted"], with.Lines);
        Assert.Equal("Shop", Assert.Single(_server.Targets.All.Values).Name);
        Assert.Single(_server.Notifiers.All);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_does_nothing()
    {
        await ApplyAsync(Both);

        var run = await ApplyAsync("targets: [{name: Shop, url: http://other}, {name: New, url: http://new}]", "--prune", "--dry-run");

        Assert.Equal(
            [
                "target \"Shop\" would be updated (url, frequency)", "target \"New\" would be created", "target \"My site\" would be deleted",
                "1 created, 1 updated, 0 unchanged, 1 deleted would be the result: nothing was changed",
            ],
            run.Lines);
        Assert.Equal(["http://shop", "http://site"], _server.Targets.All.Values.Select(t => t.Url));
        Assert.Null(_server.Targets.Mask);
    }

    [Fact]
    public async Task The_result_is_available_as_JSON()
    {
        await ApplyAsync(Both);

        var run = await ApplyAsync(Both.Replace("http://site", "http://new", StringComparison.Ordinal), "-o", "json");

        Golden.Matches("apply.json", run.Out);
    }

    [Fact]
    public async Task All_faults_of_all_files_are_reported_and_nothing_is_changed()
    {
        _server.Targets.Violations.Add(("target.url", "must be better"));
        var sound = _setting.WriteFile("a.yaml", "targets:\n  - name: a\n    url: http://a\n");
        var faulty = _setting.WriteFile("b.yaml", "targets:\n  - name: a\n    url: http://b\n    frequncy: 1s\n");

        var run = await CliRun.OfAsync(_setting, "apply", "-f", sound, "-f", faulty);
        var json = await CliRun.OfAsync(_setting, "apply", "-f", sound, "-o", "json");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(
            [
                $"error: {faulty}:4: targets[0].frequncy: is not known; did you mean frequency?",
                $"error: {faulty}:2: targets[0].name: is the name of the target at {sound}:2 too; names must be unique",
                $"error: {sound}:3: targets[0].url: must be better",
                "nothing was changed",
            ],
            run.Errors);
        Assert.Empty(_server.Targets.All);
        var violation = JsonDocument.Parse(json.Error).RootElement.GetProperty("error").GetProperty("violations")[0];
        Assert.Equal(
            ("targets[0].url", $"{sound}:3", "must be better"),
            (violation.GetProperty("field").GetString(), violation.GetProperty("option").GetString(), violation.GetProperty("description").GetString()));
    }

    [Fact]
    public async Task Faults_of_a_file_are_reported_without_a_server_too()
    {
        _setting.Environment["SKYPUNCH_SERVER"] = "http://127.0.0.1:1";

        Assert.StartsWith("error: stdin:1: targets[0].url: is missing", (await ApplyAsync("targets: [{name: a}]")).Error, StringComparison.Ordinal);
        Assert.Contains("cannot reach skypunch", (await ApplyAsync("targets: []")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_halfway_is_reported_together_with_what_was_already_done()
    {
        _server.Targets.CreateErrors["My site"] = new RpcException(new Status(StatusCode.Unavailable, "The database does not answer."));

        var run = await ApplyAsync(Both);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["notifier \"Ops\" created", "target \"Shop\" created", "2 created, 0 updated, 0 unchanged, 0 deleted"], run.Lines);
        Assert.Equal(
            ["error: target \"My site\": The database does not answer.", "2 of 3 entries are done, and stay; apply the same files again to do the rest"],
            run.Errors);
    }

    [Fact]
    public async Task A_folder_stands_for_its_files_in_order_but_not_for_the_clouds()
    {
        Directory.CreateDirectory(Path.Combine(_setting.Data, "d"));
        _setting.WriteFile("d/b.yml", "targets: [{name: b, url: http://b}]");
        _setting.WriteFile("d/a.yaml", "targets: [{name: a, url: http://a, cloud: c}]");
        _setting.WriteFile("d/notes.txt", "no: [");
        var clouds = _setting.WriteFile("d/clouds.yaml", "clouds: {c: {auth: {auth_url: http://k, username: u, password: p, project_name: n}}}");
        _setting.Environment["OS_CLIENT_CONFIG_FILE"] = clouds;
        var folder = Path.Combine(_setting.Data, "d");

        var run = await CliRun.OfAsync(_setting, "apply", "-f", folder, "-f", Path.Combine(folder, "b.yml"));

        Assert.Equal(["target \"a\" created", "target \"b\" created"], run.Lines[..2]);
        Assert.Equal("auth_url=http://k,username=u,password=p,project_name=n", _server.Targets.All[1].AuthnParams);
    }

    [Fact]
    public async Task A_missing_file_and_an_empty_folder_are_reported()
    {
        Directory.CreateDirectory(Path.Combine(_setting.Data, "empty"));
        var empty = Path.Combine(_setting.Data, "empty");

        Assert.Equal((1, "error: the file nope.yaml does not exist\n"), ErrorOf(await CliRun.OfAsync(_setting, "apply", "-f", "nope.yaml")));
        Assert.Equal(
            (1, $"error: the folder {empty} has no *.yaml or *.yml file with targets or notifiers in it\n"),
            ErrorOf(await CliRun.OfAsync(_setting, "apply", "-f", empty)));
        Assert.Equal(64, (await CliRun.OfAsync(_setting, "apply")).ExitCode);
    }

    private static (int ExitCode, string Error) ErrorOf(CliRun run) => (run.ExitCode, run.Error);

    private Task<CliRun> ApplyAsync(string text, params string[] options)
    {
        _setting.Stdin = text;
        return CliRun.OfAsync(_setting, ["apply", "-f", "-", .. options]);
    }
}
