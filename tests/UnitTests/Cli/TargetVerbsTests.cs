using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Cli;

public sealed class TargetVerbsTests
{
    [Fact]
    public async Task A_target_is_added_with_what_was_given_and_the_rest_is_left_to_the_server()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);

        var run = await CliRun.OfAsync(
            setting, "targets", "add", "My site", "https://example.org", "--method", "head", "--authn", "basic",
            "--authn-params", "user=a,password=b", "--expect", "200-299", "--frequency", "1m", "--timeout", "5",
            "--failure-threshold", "3", "--success-threshold", "2", "--disabled");

        Assert.Equal("Target: My site has been Added with id 1\n", run.Out);
        var expected = new Target
        {
            Id = 1,
            Name = "My site",
            Url = "https://example.org",
            Method = "HEAD",
            Authn = Authn.Basic,
            AuthnParams = "user=a,password=b",
            PassResult = "200-299",
            Frequency = new() { Seconds = 60 },
            Timeout = new() { Seconds = 5 },
            FailureThreshold = 3,
            SuccessThreshold = 2,
            Enabled = false,
        };
        Assert.Equal(expected, server.Targets.All[1]);

        await CliRun.OfAsync(setting, "targets", "add", "Bare", "https://example.org");
        Assert.Equal(new Target { Id = 2, Name = "Bare", Url = "https://example.org" }, server.Targets.All[2]);
    }

    [Fact]
    public async Task A_secret_of_the_query_may_be_read_from_a_file_and_one_in_the_URL_is_warned_of()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { Stdin = "http://u:s3cr3t@proxy:3128\n" };
        var file = setting.WriteFile("secret", "s3cr3t+/=\n");

        var run = await CliRun.OfAsync(
            setting, "targets", "add", "Hook", "http://localhost/?token=abc", "--secret-query", $"key=@{file}", "--secret-query", "sig=a=b", "--proxy", "-", "--keep-cookies");
        var wrong = await CliRun.OfAsync(setting, "targets", "add", "Other", "http://localhost", "--secret-query", "s3cr3t");

        var target = server.Targets.All[1];
        Assert.Equal([("key", "s3cr3t+/="), ("sig", "a=b")], target.QuerySecrets.Select(parameter => (parameter.Name, parameter.Value)));
        Assert.Equal(("http://u:s3cr3t@proxy:3128", true), (target.Proxy, target.KeepCookies));
        Assert.Equal("Hint: 'token' in the URL looks like a secret. --secret-query 'token=...' adds it to the URL and shows it to nobody.", run.Lines[^1]);
        Assert.DoesNotContain("s3cr3t", run.Out + wrong.Out + wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "--name", "other")]
    [InlineData("url", "--url", "http://other")]
    [InlineData("description", "--description", "Ask the web team.")]
    [InlineData("group", "--group", "shop/cart")]
    [InlineData("labels.team,labels.a-,labels.tier", "--label", "team = pay=ments", "--label", "a-=", "--label", "tier-")]
    [InlineData("labels.a-", "--label", "a--")]
    [InlineData("labels", "--no-labels")]
    [InlineData("method", "--method", "PUT")]
    [InlineData("timeout", "--timeout", "500ms")]
    [InlineData("proxy", "--proxy", "http://u:p@proxy:3128")]
    [InlineData("proxy", "--proxy", "")]
    [InlineData("query_secrets", "--secret-query", "a=b", "--secret-query", "c=d")]
    [InlineData("query_secrets", "--no-secret-query")]
    [InlineData("keep_cookies", "--keep-cookies")]
    [InlineData("keep_cookies", "--no-keep-cookies")]
    [InlineData("authn", "--authn", "NONE")]
    [InlineData("authn_params", "--authn-params", "")]
    [InlineData("pass_result", "--expect", "204")]
    [InlineData("frequency,timeout", "--frequency", "20s", "--timeout", "2s")]
    [InlineData("failure_threshold,success_threshold", "--failure-threshold", "3", "--success-threshold", "4")]
    [InlineData("headers", "--header", "A: b", "-H", "C: d")]
    [InlineData("headers", "--no-headers")]
    [InlineData("assertions", "--assert", "body contains x")]
    [InlineData("assertions", "--no-assertions")]
    [InlineData("body,content_type", "--body", "x", "--content-type", "text/plain")]
    [InlineData("follow_redirects,max_redirects", "--follow-redirects", "--max-redirects", "3")]
    [InlineData("follow_redirects", "--no-follow-redirects")]
    [InlineData("http_version,ip_family", "--http-version", "2", "--ip-family", "IPv6")]
    [InlineData("tls.skip_verify,tls.server_name", "--tls-skip-verify", "false", "--tls-server-name", "x")]
    [InlineData("tls.ca,tls.client_certificate,tls.client_key", "--tls-ca", "", "--tls-cert", "", "--tls-key", "")]
    [InlineData("retry_interval", "--retry-interval", "0")]
    [InlineData("catalog.service_type,catalog.region_name,catalog.interface", "--service-type", "", "--region-name", "", "--interface", "")]
    [InlineData("enabled", "--enabled")]
    [InlineData("enabled", "--disabled")]
    public async Task An_edit_names_in_its_mask_what_was_given_and_nothing_else(string mask, params string[] options)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.Google());

        var run = await CliRun.OfAsync(setting, ["targets", "edit", "1", .. options]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(mask.Split(','), server.Targets.Mask!.Paths);
        Assert.Equal(Samples.Google().State, server.Targets.All[1].State);
    }

    [Theory]
    [InlineData("--label: 'team' must be KEY=VALUE, or KEY- to remove the label", "edit", "1", "--label", "team")]
    [InlineData("--label: 'team-' must be KEY=VALUE", "add", "x", "http://localhost", "--label", "team-")]
    [InlineData("--label: the key 'Team' must be 1 to 63 lower-case letters", "edit", "1", "--label", "Team=x")]
    [InlineData("--label: 'team' is given twice", "edit", "1", "--label", "team=x", "--label", "team-")]
    [InlineData("--label and --no-labels exclude each other", "edit", "1", "--label", "team=x", "--no-labels")]
    [InlineData("an ID and --filter exclude each other", "delete", "1", "--filter", "id = 1")]
    [InlineData("--filter is blank: write 'id > 0' if all targets are meant", "delete", "--yes", "--filter", " ")]
    [InlineData("--filter does not go with this command", "--filter", "id = 1", "trace", "1")]
    [InlineData("this would delete 1 target, and there is nobody to ask: give --yes", "delete", "--filter", "id = 1")]
    [InlineData("--filter: at character 1: 'team' is no field", "--filter", "team = x")]
    public async Task What_is_wrong_with_labels_and_filters_is_said(string line, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.Google());

        var run = await CliRun.OfAsync(setting, ["targets", .. args]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(line, run.Error, StringComparison.Ordinal);
        Assert.Equal(Samples.Google(), Assert.Single(server.Targets.All).Value);
    }

    [Theory]
    [InlineData("y", "This will disable 2 targets: 'A', 'C'. Go on? [y/N] ", "2 targets have been Disabled\n", 0)]
    [InlineData("", "This will disable 2 targets: 'A', 'C'. Go on? [y/N] ", "Nothing was done.\n", 1)]
    [InlineData("", "", "2 targets have been Disabled\n", 0, "--yes")]
    [InlineData("", "", "2 targets have been Disabled\n", 0, "-y")]
    public async Task Many_targets_are_disabled_when_somebody_agrees(string typed, string asked, string told, int exitCode, params string[] options)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { Typed = "", Stdin = typed };
        AddThree(server);

        var run = await CliRun.OfAsync(setting, ["targets", "disable", "--filter", "labels.team = web", .. options]);

        Assert.Equal((exitCode, told, asked), (run.ExitCode, run.Out, run.Error));
        Assert.Equal(exitCode == 0 ? [true] : [true, true, true], server.Targets.All.Values.Where(target => !target.HasEnabled || target.Enabled).Select(_ => true));
    }

    [Fact]
    public async Task Many_targets_are_listed_and_deleted_by_a_filter()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        AddThree(server);

        var listed = await CliRun.OfAsync(setting, "targets", "--filter", "labels.team = web", "-o", "json");
        var none = await CliRun.OfAsync(setting, "targets", "delete", "--filter", "labels.team = nobody");
        var deleted = await CliRun.OfAsync(setting, "targets", "--filter", "labels.team = web", "delete", "--yes");

        Assert.Equal(2, System.Text.Json.Nodes.JsonNode.Parse(listed.Out)!.AsArray().Count);
        Assert.Equal((0, "No target fulfils the filter\n"), (none.ExitCode, none.Out));
        Assert.Equal((0, "2 targets have been Deleted\n"), (deleted.ExitCode, deleted.Out));
        Assert.Equal("B", Assert.Single(server.Targets.All).Value.Name);
    }

    [Theory]
    [InlineData("labels.team = web", 0, "2 targets have been Deleted\n", "B")]
    [InlineData("labels.team : ", 64, "", "A B C")]
    public async Task A_server_that_knows_no_filters_has_no_more_deleted_than_is_meant(string filter, int exitCode, string told, string left)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        AddThree(server);
        server.Targets.KnowsFilters = false;

        var run = await CliRun.OfAsync(setting, "targets", "delete", "--filter", filter, "--yes");

        Assert.Equal((exitCode, told), (run.ExitCode, run.Out));
        Assert.Equal(left, string.Join(' ', server.Targets.All.Values.Select(target => target.Name)));
    }

    private static void AddThree(AdminServer server)
    {
        foreach (var (id, name) in new[] { (1, "A"), (2, "B"), (3, "C") })
        {
            server.Targets.All.Add(id, Samples.New(id, name));
            server.Targets.All[id].Labels.Add("team", id == 2 ? "payments" : "web");
        }
    }

    [Fact]
    public async Task A_target_is_added_with_all_of_its_request_and_judgement()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { Stdin = "from stdin\n" };
        var (ca, certificate, key) = (setting.WriteFile("ca", "the CA"), setting.WriteFile("cert", "the certificate"), setting.WriteFile("key", "the key"));

        var run = await CliRun.OfAsync(
            setting, "targets", "add", "x", "--service-type", "compute", "--region-name", "RegionOne", "--interface", "internal",
            "-H", "Accept: text/html", "--header", "Authorization:Bearer a: b", "--body", "-", "--content-type", "text/plain",
            "--follow-redirects", "--max-redirects", "3", "--http-version", "2", "--ip-family", "prefer-ipv6",
            "--tls-skip-verify", "--tls-ca", ca, "--tls-cert", certificate, "--tls-key", key, "--tls-server-name", "example.org",
            "--assert", "body contains OK", "--assert", "latency < 500ms", "--retry-interval", "5s");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var expected = new Target
        {
            Id = 1,
            Name = "x",
            Catalog = new() { ServiceType = "compute", RegionName = "RegionOne", Interface = "internal" },
            Headers = { new Header { Name = "Accept", Value = "text/html" }, new Header { Name = "Authorization", Value = "Bearer a: b" } },
            Body = "from stdin\n",
            ContentType = "text/plain",
            FollowRedirects = true,
            MaxRedirects = 3,
            HttpVersion = HttpVersion._2,
            IpFamily = IpFamily.PreferIpv6,
            Tls = new() { SkipVerify = true, Ca = "the CA", ClientCertificate = "the certificate", ClientKey = "the key", ServerName = "example.org" },
            Assertions = { "body contains OK", "latency < 500ms" },
            RetryInterval = new() { Seconds = 5 },
        };
        Assert.Equal(expected, server.Targets.All[1]);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("@FILE", "{\"a\": 1}\n")]
    [InlineData("-", "from stdin")]
    [InlineData("@-", "from stdin")]
    [InlineData("", "")]
    public async Task A_body_is_given_as_curl_takes_it(string given, string expected)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { Stdin = "from stdin" };
        server.Targets.All.Add(1, Samples.Google());
        var file = setting.WriteFile("body.json", "{\"a\": 1}\n");

        await CliRun.OfAsync(setting, "targets", "edit", "1", "--body", given.Replace("FILE", file, StringComparison.Ordinal));

        Assert.Equal(expected, server.Targets.All[1].Body);
    }

    [Fact]
    public async Task Headers_can_come_from_a_file()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.Google());
        var file = setting.WriteFile("headers", "X-Token: s3cr3t\n\nX-B: c\n");

        await CliRun.OfAsync(setting, "targets", "edit", "1", "-H", $"@{file}", "-H", "Accept: */*");

        Assert.Equal(["X-Token: s3cr3t", "X-B: c", "Accept: */*"], server.Targets.All[1].Headers.Select(h => $"{h.Name}: {h.Value}"));
    }

    [Fact]
    public async Task A_secret_can_come_from_stdin()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { Stdin = "user=a,password=b\n" };
        server.Targets.All.Add(1, Samples.Google());

        var run = await CliRun.OfAsync(setting, "targets", "1", "edit", "--authn-params", "-");

        Assert.Equal("user=a,password=b", server.Targets.All[1].AuthnParams);
        Assert.DoesNotContain("password", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_can_come_from_a_file()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.Google());
        var file = setting.WriteFile("login", "user=a,password=b\n");

        await CliRun.OfAsync(setting, "targets", "1", "edit", "--authn-params", $"@{file}");

        Assert.Equal("user=a,password=b", server.Targets.All[1].AuthnParams);
    }

    [Fact]
    public async Task A_secret_is_asked_for_on_a_terminal_and_not_shown()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { Typed = "user=a,password=b" };
        server.Targets.All.Add(1, Samples.Google());

        var run = await CliRun.OfAsync(setting, "targets", "1", "edit", "--authn-params", "-");

        Assert.Equal("user=a,password=b", server.Targets.All[1].AuthnParams);
        Assert.Equal("--authn-params (not shown): \n", run.Error);
        Assert.DoesNotContain("password", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "disable", "Target: Google Dot COM has been Disabled")]
    [InlineData("disable", "1", "Target: Google Dot COM has been Disabled")]
    [InlineData("1", "enable", "Target: Google Dot COM has been Enabled")]
    [InlineData("Google Dot COM", "disable", "Target: Google Dot COM has been Disabled")]
    [InlineData("google dot com", "delete", "Target: Google Dot COM has been Deleted")]
    public async Task A_target_is_switched_by_id_or_name_in_either_order(string first, string second, string said)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.Google());

        var run = await CliRun.OfAsync(setting, "targets", first, second);

        Assert.Equal([said], run.Lines);
        var isEnabled = server.Targets.All.TryGetValue(1, out var target) && target.Enabled;
        Assert.Equal(said.EndsWith("Enabled", StringComparison.Ordinal), isEnabled);
    }

    [Fact]
    public async Task A_name_that_several_targets_have_is_refused_unless_one_has_it_exactly()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.New(1, "Shop"));
        server.Targets.All.Add(2, Samples.New(2, "SHOP"));

        var ambiguous = await CliRun.OfAsync(setting, "targets", "shop", "disable");
        var exact = await CliRun.OfAsync(setting, "targets", "SHOP", "disable");

        Assert.Equal(["error: several targets are named 'shop': give the ID of one"], ambiguous.Errors);
        Assert.Equal(0, exact.ExitCode);
        Assert.True(!server.Targets.All[1].HasEnabled && !server.Targets.All[2].Enabled);
    }
}
