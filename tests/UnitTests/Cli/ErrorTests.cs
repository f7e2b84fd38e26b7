using System.Text.Json;
using Grpc.Core;

namespace Skypunch.UnitTests.Cli;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("error: NAME: is taken", "name", "is taken", "targets", "add", "x", "y")]
    [InlineData("error: --name: is taken", "target.name", "is taken", "targets", "edit", "1", "--name", "y")]
    [InlineData("error: --expect: must be codes", "target.pass_result", "must be codes", "targets", "add", "x", "y")]
    [InlineData("error: --authn-params: lacks user", "target.authn_params.user", "lacks user", "targets", "add", "x", "y")]
    [InlineData("error: --header: must be", "target.headers", "must be", "targets", "add", "x", "y")]
    [InlineData("error: --no-headers: must be", "target.headers", "must be", "targets", "edit", "1", "--no-headers")]
    [InlineData("error: --assert: must be", "target.assertions", "must be", "targets", "add", "x", "y")]
    [InlineData("error: --tls-key: is missing", "target.tls.client_key", "is missing", "targets", "add", "x", "y")]
    [InlineData("error: --service-type: needs authn", "target.catalog.service_type", "needs authn", "targets", "edit", "1", "--url", "/")]
    [InlineData("error: --enabled: no", "enabled", "no", "targets", "edit", "1", "--enabled")]
    [InlineData("error: --disabled: no", "enabled", "no", "targets", "edit", "1", "--disabled")]
    [InlineData("error: target.novelty: no", "target.novelty", "no", "targets", "add", "x", "y")]
    public async Task A_violation_names_the_option_that_gave_the_field(string error, string field, string description, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.Google());
        server.Targets.Violations.Add((field, description));

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((1, error), (run.ExitCode, run.Errors.Single()));
    }

    [Fact]
    public async Task Every_violation_has_its_line_and_its_place_in_JSON()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.Violations.AddRange([("target.url", "must be http"), ("target.frequency", "must be more")]);

        var text = await CliRun.OfAsync(setting, "targets", "add", "x", "y");
        var json = await CliRun.OfAsync(setting, "targets", "add", "x", "y", "-o", "json");

        Assert.Equal(["error: URL: must be http", "error: --frequency: must be more"], text.Errors);
        Golden.Matches("error.json", json.Error);
        Assert.Equal("", json.Out);
    }

    [Theory]
    [InlineData(1, "error: there is no target with id 9; 'skypunch targets' lists them", "targets", "9")]
    [InlineData(1, "error: there is no target named 'x'; 'skypunch targets' lists them", "targets", "x")]
    [InlineData(3, "error: there is no target with id 9; 'skypunch targets' lists them", "targets", "9", "test")]
    [InlineData(3, "error: there is no target named 'x'; 'skypunch targets' lists them", "targets", "test", "x")]
    [InlineData(1, "error: there is no notifier with id 9; 'skypunch notifiers' lists them", "notifiers", "9", "enable")]
    [InlineData(64, "error: which target? Give its ID: 'skypunch targets' lists them", "targets", "test")]
    [InlineData(64, "error: the target is named twice: write its ID either before the verb or after it", "targets", "1", "test", "2")]
    [InlineData(64, "error: '1' does not belong here: a new target gets its ID from the server", "targets", "1", "add", "x", "y")]
    [InlineData(64, "error: --enabled and --disabled exclude each other", "targets", "edit", "1", "--enabled", "--disabled")]
    [InlineData(64, "error: --follow-redirects and --no-follow-redirects exclude each other", "targets", "add", "x", "y", "--no-follow-redirects", "--follow-redirects")]
    [InlineData(64, "error: --header and --no-headers exclude each other", "targets", "edit", "1", "-H", "a: b", "--no-headers")]
    [InlineData(64, "error: --header: must be 'Name: value', in quotes", "targets", "edit", "1", "-H", "s3cr3t")]
    [InlineData(64, "error: --header: must be 'Name: value', in quotes", "targets", "edit", "1", "-H", "Authorization:", "Bearer", "s3cr3t")]
    [InlineData(64, "error: --http-version: must be 1.1 or 2", "targets", "edit", "1", "--http-version", "3")]
    [InlineData(64, "error: --max-redirects: must be a whole number from 1 to 20", "targets", "edit", "1", "--max-redirects", "0")]
    [InlineData(64, "error: --tls-ca: cannot read '/no/such/file': Could not find a part of the path '/no/such/file'", "targets", "edit", "1", "--tls-ca", "/no/such/file")]
    [InlineData(64, "error: which URL? Give it after the name, or a service of an OpenStack catalog with --service-type", "targets", "add", "x")]
    [InlineData(64, "error: --authn-params: '-' reads a line from stdin, but there is none", "targets", "edit", "1", "--authn-params", "-")]
    [InlineData(64, "error: --frequency: must be whole seconds, such as 10s, 5m, 1h or 90", "targets", "edit", "1", "--frequency", "soon")]
    [InlineData(64, "error: --authn: must be NONE, BASIC, OPENSTACK, OAUTH2 or DIGEST", "targets", "edit", "1", "--authn", "DIGESTS")]
    [InlineData(64, "error: --output: must be table, wide, json, csv or yaml", "targets", "-o", "xml")]
    [InlineData(64, "error: --output: must be table or json; only 'export' prints yaml", "status", "-o", "yaml")]
    [InlineData(64, "error: Unrecognized command or argument 'password=***'", "targets", "add", "x", "y", "password=b")]
    [InlineData(64, "error: Unrecognized command or argument '--pasword'", "targets", "1", "--pasword", "b")]
    public async Task A_wrong_command_line_is_explained_in_one_line(int exitCode, string error, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((exitCode, error, ""), (run.ExitCode, run.Errors[0], run.Out));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, "No prober answered.", "error: No prober answered.")]
    [InlineData(StatusCode.Unauthenticated, "", "error: skypunch at URL does not accept the token: give the right one with "
        + "--token-file FILE, or in SKYPUNCH_TOKEN or SKYPUNCH_TOKEN_FILE")]
    [InlineData(StatusCode.AlreadyExists, "A target named 'x'\u001b[2J exists.", "error: A target named 'x'\\x1B[2J exists.")]
    [InlineData(StatusCode.Unimplemented, "", "error: URL does not know this call: it is no skypunch, or one of another version")]
    [InlineData(StatusCode.Internal, "", "error: skypunch at URL answered INTERNAL")]
    public async Task An_error_of_the_server_becomes_one_line(StatusCode code, string detail, string error)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.TestError = new RpcException(new Status(code, detail));

        var run = await CliRun.OfAsync(setting, "targets", "1", "test");

        Assert.Equal((3, error.Replace("URL", server.Url, StringComparison.Ordinal)), (run.ExitCode, run.Errors.Single()));
    }

    [Theory]
    [InlineData(1, "targets")]
    [InlineData(3, "targets", "1", "test")]
    public async Task A_server_that_is_not_there_is_named_with_what_to_do(int exitCode, params string[] args)
    {
        var server = await AdminServer.StartAsync();
        var url = server.Url;
        await server.DisposeAsync();
        using var setting = new CliSetting(url);

        var text = await CliRun.OfAsync(setting, args);
        var json = await CliRun.OfAsync(setting, [.. args, "-o", "json"]);

        Assert.Equal(
            (exitCode, $"error: cannot reach skypunch at {url}: start it with 'skypunch start', or name another server with --server"),
            (text.ExitCode, text.Errors.Single()));
        Assert.Equal("UNAVAILABLE", JsonDocument.Parse(json.Error).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_interrupted_run_says_nothing()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        using var stdout = new StringWriter();
        using var stderr = new StringWriter();

        var interrupted = new CancellationToken(canceled: true);
        var exitCode = await Skypunch.Cli.CliProgram.RunAsync(["targets"], setting.Around(stdout, stderr), interrupted);

        Assert.Equal((130, "", ""), (exitCode, stdout.ToString(), stderr.ToString()));
    }
}
