using Skypunch.Admin.V1;
using Skypunch.Cli.Export;
using Skypunch.ConfigFile;

namespace Skypunch.UnitTests.Cli;

public sealed class ExportTests
{
    [Fact]
    public async Task All_there_is_is_printed_with_a_comment_for_each_secret()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.Google());
        server.Targets.All.Add(2, Everything());
        server.Targets.All.Add(3, new Target { Id = 3, Name = "Storage", Authn = Authn.Openstack, Catalog = new() { ServiceType = "object-store" }, Url = "/v1" });
        server.Notifiers.All.Add(1, Samples.Ops());

        var run = await CliRun.OfAsync(setting, "export", "-o", "yaml");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Matches("export.yaml", run.Out.Replace(server.Url, "http://URL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_exported_can_be_applied_and_is_the_same()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        await CliRun.OfAsync(setting, "targets", "add", "Shop", "http://shop", "--frequency", "1m30s", "--timeout", "1.5s", "--expect", "200-299", "--disabled");
        setting.Stdin = (await CliRun.OfAsync(setting, "export")).Out;

        var run = await CliRun.OfAsync(setting, "apply", "-f", "-", "--prune");

        Assert.Equal(["target \"Shop\" unchanged", "0 created, 0 updated, 1 unchanged, 0 deleted"], run.Lines);
    }

    [Fact]
    public async Task An_empty_server_gives_an_empty_file()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);

        var run = await CliRun.OfAsync(setting, "export");

        Assert.EndsWith("\ntargets: []\n\nnotifiers: []\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My site")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("No")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("a:")]
    [InlineData("- a")]
    [InlineData("'a' \"b\" \\c")]
    [InlineData("${HOME}")]
    [InlineData("$$$ $${a} $a$")]
    [InlineData("a\tb\u0001\u0085\u2028\u202E")]
    [InlineData("Größe ☂ 🌂")]
    [InlineData("*a &b !c %d @e `f {g} [h], i | j > k")]
    [InlineData("-----BEGIN-----\na=\n\n-----END-----\n")]
    [InlineData("-----BEGIN-----\na=${b} # c: d\n-----END-----")]
    public void Whatever_a_name_is_it_is_read_back_the_same(string name)
    {
        var text = new ConfigText();
        text.List("targets", isEmpty: false);
        text.Entry();
        text.Pair("name", name);
        text.Pair("url", "http://localhost/?a=${b}&c=d#e");

        var document = ConfigDocument.Read("export.yaml", text.ToString(), _ => null);

        Assert.Empty(document.Faults);
        Assert.Equal((name, "http://localhost/?a=${b}&c=d#e"), (document.Targets[0].Resource.Name, document.Targets[0].Resource.Url));
    }

    private static Target Everything() => new()
    {
        Id = 2,
        Name = "Search: all",
        Url = "https://search.example.org/query",
        Description = "Finds what the shop sells.\nAsk the search team: +49 30 1234",
        Method = "POST",
        Authn = Authn.Basic,
        PassResult = "200-299",
        Frequency = new() { Seconds = 3690 },
        Timeout = new() { Nanos = 500_000_000 },
        RetryInterval = new() { Seconds = 60 },
        Headers = { new Header { Name = "Accept", Value = "text/html" }, new Header { Name = "X-Token" } },
        HasBody = true,
        Proxy = "http://me@proxy.example:3128",
        KeepCookies = true,
        QuerySecrets = { new QueryParameter { Name = "api_key" }, new QueryParameter { Name = "sig" } },
        ContentType = "application/json",
        FollowRedirects = true,
        MaxRedirects = 3,
        HttpVersion = HttpVersion._2,
        IpFamily = IpFamily.PreferIpv6,
        Tls = new() { SkipVerify = true, ServerName = "search.internal", Ca = "-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----", ClientCertificate = "x" },
        Assertions = { "json $.hits[0].name == skypunch", "latency < 500ms" },
        FailureThreshold = 3,
        Enabled = false,
    };
}
