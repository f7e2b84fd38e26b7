using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Cli;

/// <summary>The verbs of many targets at once: in an order, counted, in groups, edited by a filter, tested before they are there.</summary>
public sealed class ManyTargetsVerbsTests : IAsyncLifetime
{
    private AdminServer _server = null!;
    private CliSetting _setting = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AdminServer.StartAsync();
        _setting = new CliSetting(_server.Url);
        foreach (var (id, name) in new[] { (1, "A"), (2, "B"), (3, "C") })
        {
            _server.Targets.All.Add(id, Samples.New(id, name));
            _server.Targets.All[id].Labels.Add("team", id == 2 ? "payments" : "web");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _setting.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_list_asks_for_its_order()
    {
        var run = await RunAsync("targets", "--order-by", "since desc");

        Assert.Equal((0, "since desc"), (run.ExitCode, _server.Targets.OrderBy));
    }

    [Fact]
    public async Task Targets_are_counted()
    {
        var run = await RunAsync("targets", "count", "-o", "json");

        Assert.Equal("{\n  \"total_count\": 3,\n  \"fail_count\": 1,\n  \"new_count\": 0,\n  \"pass_count\": 2,\n  \"disabled_count\": 0\n}\n", run.Out);
    }

    [Fact]
    public async Task Groups_are_listed_from_all_pages()
    {
        var run = await RunAsync("targets", "groups");
        var json = await RunAsync("targets", "groups", "-o", "json");

        Assert.Equal(["- 0 0 0 2", "shop/cart FAIL 1 0 3 0"], run.Out.Split('\n').Where(line => line.StartsWith('|')).Skip(1).Select(Cells));
        Assert.Contains("\"name\": \"shop/cart\",\n    \"worst_status\": \"FAIL\",", json.Out, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"\",\n    \"worst_status\": null,", json.Out, StringComparison.Ordinal);

        static string Cells(string line) => string.Join(' ', line.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("y", "This will change 2 targets: 'A', 'C'. Go on? [y/N] ", "2 targets have been Changed\n", 0)]
    [InlineData("n", "This will change 2 targets: 'A', 'C'. Go on? [y/N] ", "Nothing was done.\n", 1)]
    [InlineData("", "", "2 targets have been Changed\n", 0, "--yes")]
    public async Task Many_are_edited_when_somebody_agrees(string typed, string asked, string told, int exitCode, params string[] options)
    {
        using var setting = new CliSetting(_server.Url) { Typed = "", Stdin = typed };

        var run = await CliRun.OfAsync(setting, ["targets", "edit", "--filter", "labels.team = web", "--label", "tier=1", "--group", "shop", .. options]);

        Assert.Equal((exitCode, told), (run.ExitCode, run.Out));
        Assert.EndsWith(asked, run.Error, StringComparison.Ordinal); // after the progress of a server that is slow
        Assert.Equal(exitCode == 0 ? "1 3" : "", string.Join(' ', _server.Targets.All.Values.Where(target => target.Group == "shop" && target.Labels["tier"] == "1").Select(target => target.Id)));
        Assert.Equal(["labels.tier", "group"], _server.Targets.Mask!.Paths);
    }

    [Fact]
    public async Task What_is_so_already_is_told()
    {
        var run = await RunAsync("targets", "edit", "--filter", "id > 0", "--label", "team=web");
        var json = await RunAsync("targets", "edit", "--filter", "id > 0", "--label", "team=web", "--yes", "-o", "json");
        var same = await RunAsync("targets", "edit", "--filter", "labels.team = web", "--label", "team=web");
        var none = await RunAsync("targets", "edit", "--filter", "id > 9", "--label", "team=web");

        Assert.Contains("this would change 3 targets, and there is nobody to ask: give --yes", run.Error, StringComparison.Ordinal);
        Assert.Equal("{\n  \"matched_count\": 3,\n  \"changed_count\": 1\n}\n", json.Out);
        Assert.Equal((0, "0 targets have been Changed; 3 targets had these values already\n"), (same.ExitCode, same.Out));
        Assert.Equal((0, "No target fulfils the filter\n"), (none.ExitCode, none.Out));
    }

    [Fact]
    public async Task Nothing_is_changed_where_a_target_cannot_have_the_values()
    {
        _server.Targets.UpdateFaults[3] = ("target.timeout", "must be less");

        var run = await RunAsync("targets", "edit", "--filter", "id > 0", "--timeout", "5s", "--yes");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("error: 'C' (id 3): --timeout: must be less\n1 target cannot have these values; nothing was changed\n", run.Error);
        Assert.Equal(Samples.New(1, "A").Timeout, _server.Targets.All[1].Timeout);
    }

    [Theory]
    [InlineData("--url is of one target and does not go with --filter", "edit", "--filter", "id > 0", "--url", "http://other")]
    [InlineData("an ID and --filter exclude each other", "edit", "1", "--filter", "id > 0", "--label", "a=b")]
    [InlineData("--filter is blank", "edit", "--filter", " ", "--label", "a=b")]
    [InlineData("nothing to change", "edit", "--filter", "id > 0")]
    [InlineData("'1' does not belong here", "1", "count")]
    [InlineData("'1' does not belong here", "1", "groups")]
    [InlineData("'Shop' does not belong here", "Shop", "watch")]
    [InlineData("--order-by does not belong here", "1", "--order-by", "name")]
    public async Task What_is_wrong_is_said(string line, params string[] args)
    {
        var run = await RunAsync(["targets", .. args]);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains(line, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_become_a_target_is_tested()
    {
        var run = await RunAsync("targets", "test", "--url", "http://new/", "--expect", "204");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("[-] test ", run.Out, StringComparison.Ordinal);
        Assert.Equal((0, "http://new/", "204"), (_server.Targets.Tested!.Id, _server.Targets.Tested.Target.Url, _server.Targets.Tested.Target.PassResult));
    }

    [Fact]
    public async Task A_target_is_tested_as_it_is_or_with_a_change()
    {
        await RunAsync("targets", "2", "test");
        Assert.Equal(new TestTargetRequest { Id = 2 }, _server.Targets.Tested);

        await RunAsync("targets", "test", "2", "--timeout", "2s");
        Assert.Equal((2, 2), (_server.Targets.Tested!.Id, _server.Targets.Tested.Target.Timeout.Seconds));
        Assert.Equal(["timeout"], _server.Targets.Tested.UpdateMask.Paths);
    }

    [Fact]
    public async Task An_export_has_the_targets_of_a_filter_and_no_notifiers()
    {
        _server.Notifiers.All.Add(1, Samples.Ops());

        var run = await RunAsync("export", "--filter", "labels.team = payments");

        Assert.Contains("name: B\n", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("name: A\n", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("notifiers:", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uptime", "--filter", "labels.team = payments", "--window", "1h")]
    [InlineData("report", "--filter", "labels.team = payments", "--month", "2026-10")]
    public async Task Uptimes_are_of_the_targets_of_a_filter(params string[] args)
    {
        _server.History.Uptimes[2] = ("B", new Uptime());

        var run = await RunAsync([.. args, "-o", "json"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([2L], _server.History.Last<GetUptimeRequest>().TargetIds);
    }

    [Fact]
    public async Task A_watch_prints_a_line_for_each_change_and_the_counts_when_they_are_others()
    {
        var change = new TargetChange
        {
            ChangeId = "c1",
            TargetId = 1,
            TargetName = "A",
            From = TargetStatus.Pass,
            To = TargetStatus.Fail,
            ChangeTime = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 1_373_516_274 },
            Reason = "timeout",
            Description = "no answer",
        };
        _server.Targets.Watched.Add(new WatchTargetsResponse { Counts = new TargetCounts { PassCount = 3 } });
        _server.Targets.Watched.Add(new WatchTargetsResponse { Changes = { change }, Counts = new TargetCounts { PassCount = 2, FailCount = 1 } });

        var run = await RunAsync("targets", "watch");
        var json = await RunAsync("targets", "watch", "-o", "json");

        Assert.Equal(["0 FAIL, 0 NEW, 3 PASS, 0 disabled", "2013-07-11 06:17:54 PASS > FAIL [1] A (no answer)", "1 FAIL, 0 NEW, 2 PASS, 0 disabled"], run.Lines);
        Assert.Equal(2, json.Lines.Length);
        Assert.StartsWith("{\"changes\":[{\"change_id\":\"c1\",\"target_id\":1,", json.Lines[1], StringComparison.Ordinal);
    }

    private Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync(_setting, args);
}
