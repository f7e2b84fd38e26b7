using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Cli;

public sealed class HistoryVerbsTests
{
    [Theory]
    [InlineData("incidents.txt", "incidents")]
    [InlineData("incidents.json", "incidents", "-o", "json")]
    [InlineData("incidents.csv", "incidents", "-o", "csv")]
    [InlineData("incident.txt", "incidents", "17")]
    [InlineData("incident.json", "incidents", "17", "-o", "json")]
    [InlineData("uptime.txt", "uptime")]
    [InlineData("uptime-one.txt", "uptime", "Shop")]
    [InlineData("uptime.json", "uptime", "8", "12", "--window", "24h", "--window", "30d", "-o", "json")]
    [InlineData("report.txt", "report", "--month", "2026-10", "--zone", "Europe/Berlin")]
    [InlineData("report.csv", "report", "--month", "2026-10", "--zone", "Europe/Berlin", "-o", "csv")]
    [InlineData("history.txt", "targets", "8", "history")]
    [InlineData("history.json", "targets", "8", "history", "-o", "json")]
    [InlineData("history.csv", "targets", "history", "Shop", "--since", "2026-10-29", "--output", "csv")]
    [InlineData("history-results.txt", "targets", "8", "history", "--by", "result")]
    [InlineData("history-results.csv", "targets", "8", "history", "--by", "RESULT", "-o", "csv")]
    [InlineData("history-incidents.txt", "targets", "8", "history", "--incidents")]
    [InlineData("targets-wide.txt", "targets", "-o", "wide")]
    [InlineData("target-results.json", "targets", "8", "-o", "json")]
    [InlineData("uptime-help.txt", "uptime", "--help")]
    public async Task The_history_is_printed_as_in_the_golden_file(string golden, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        Fill(server);

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Matches(golden, run.Out);
    }

    [Theory]
    [InlineData("{ }", "incidents")]
    [InlineData("{ \"open\": true }", "incidents", "--open")]
    [InlineData("{ \"targetIds\": [ \"8\", \"99\" ] }", "incidents", "--target", "shop", "--target", "99", "--target", "8")]
    [InlineData("{ \"startTime\": \"2026-10-01T06:30:00Z\", \"endTime\": \"2026-10-31T22:00:00Z\" }", "incidents", "--since", "2026-10-01T08:30", "--until", "2026-11-01")]
    [InlineData("{ \"startTime\": \"2026-10-01T00:00:00Z\", \"reason\": \"timeout\" }", "incidents", "--since", "2026-10-01T02:00+02:00", "--reason", "timeout")]
    public async Task Incidents_are_asked_for_as_the_options_say(string asked, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        Fill(server);

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var request = server.History.Last<ListIncidentsRequest>().Clone();
        (request.PageSize, request.PageToken) = (0, "");
        Assert.Equal(asked, request.ToString());
    }

    [Theory]
    [InlineData("{ \"windows\": [ { \"last\": \"3600s\" }, { \"last\": \"86400s\" }, { \"last\": \"604800s\" }, { \"last\": \"2592000s\" }, { \"last\": \"7776000s\" }, { \"last\": \"31536000s\" } ] }", "uptime", "8")]
    [InlineData("{ \"windows\": [ { \"last\": \"2592000s\" } ] }", "uptime", "8", "9")]
    [InlineData("{ \"windows\": [ { \"month\": \"2026-10\" } ], \"timeZone\": \"Europe/Berlin\" }", "uptime", "8", "--month", "2026-10", "--zone", "Europe/Berlin")]
    [InlineData("{ \"windows\": [ { \"range\": { \"startTime\": \"2026-09-30T22:00:00Z\" } } ] }", "uptime", "8", "--since", "2026-10-01")]
    [InlineData("{ \"windows\": [ { \"last\": \"90s\" }, { \"last\": \"3600s\" } ] }", "uptime", "8", "--window", "1m30s", "--window", "60m")]
    public async Task Windows_are_asked_for_as_the_options_say(string asked, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        Fill(server);

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var request = server.History.Last<GetUptimeRequest>().Clone();
        request.TargetIds.Clear();
        Assert.Equal(asked, request.ToString());
    }

    [Theory]
    [InlineData(SeriesStep.Day)]
    [InlineData(SeriesStep.Day, "--since", "49h")]
    [InlineData(SeriesStep.Hour, "--since", "2d")]
    [InlineData(SeriesStep.Hour, "--by", "hour")]
    [InlineData(SeriesStep.Day, "--by", "day", "--since", "1h")]
    [InlineData(SeriesStep.Hour, "--since", "30d", "--until", "29d")]
    public async Task A_row_is_an_hour_or_a_day_by_the_length_of_the_time(SeriesStep step, params string[] options)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        Fill(server);

        var run = await CliRun.OfAsync(setting, ["targets", "8", "history", .. options]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(step, server.History.Last<GetSeriesRequest>().Step);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(2, 2, true)]
    [InlineData(3, 3, false)]
    [InlineData(null, 3, false)]
    public async Task A_list_that_is_cut_says_so(int? limit, int listed, bool isCut)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        Fill(server);

        var run = await CliRun.OfAsync(setting, ["incidents", .. limit is null ? [] : new[] { "--limit", $"{limit}" }]);

        Assert.Equal(listed, run.Lines.Count(line => line.StartsWith("| 1", StringComparison.Ordinal)));
        Assert.Equal(isCut, run.Out.Contains("There are more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_history_of_a_deleted_target_is_read_by_its_id()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.History.Points.AddRange(HistorySamples.Days());
        server.History.Uptimes.Add(8, ("", HistorySamples.October()));
        server.History.Incidents.Add(HistorySamples.Over());
        server.History.Details = HistorySamples.Details();

        var uptime = await CliRun.OfAsync(setting, "uptime", "8", "--window", "1h");
        var history = await CliRun.OfAsync(setting, "targets", "8", "history");
        var incident = await CliRun.OfAsync(setting, "incidents", "17");

        Assert.Contains("| 8  | (deleted) | 99.791 %", uptime.Out, StringComparison.Ordinal);
        Assert.Contains("| 2026-10-29 | 100 %", history.Out, StringComparison.Ordinal);
        Assert.Contains("[8] Shop", incident.Out, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (uptime.ExitCode, history.ExitCode, incident.ExitCode));
    }

    [Fact]
    public async Task Where_there_is_nothing_a_sentence_says_so()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);

        Assert.Equal("No incident is known\n", (await CliRun.OfAsync(setting, "incidents")).Out);
        Assert.Equal("No incident is open\n", (await CliRun.OfAsync(setting, "incidents", "--open")).Out);
        Assert.Equal("There are no targets\n", (await CliRun.OfAsync(setting, "uptime")).Out);
        Assert.Equal("Nothing is kept of target 5 since 2026-10-01 00:00:00\n", (await CliRun.OfAsync(setting, "targets", "5", "history", "--since", "2026-10-01")).Out);
        Assert.Equal("[]\n", (await CliRun.OfAsync(setting, "incidents", "-o", "json")).Out);
        Assert.StartsWith("target_id,target_name,window,start_time,", (await CliRun.OfAsync(setting, "uptime", "-o", "csv")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_whose_changes_are_not_kept_any_more_says_so()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.History.Incidents.Add(HistorySamples.Over());
        server.Notifiers.Deliveries.Add(Samples.Delivery(12, DeliveryState.Sent)); // of another change

        var run = await CliRun.OfAsync(setting, "incidents", "17");

        Assert.EndsWith("\nIts traces and who was told are not kept any more\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_in_maintenance_says_why_nobody_was_told()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.History.Incidents.Add(HistorySamples.Over());
        server.History.Details = HistorySamples.Details();
        (server.History.Details.OpenedBy.Decision, server.History.Details.OpenedBy.Maintenance) = (ChangeDecision.Maintenance, "Deploy");
        server.History.Details.ClosedBy.Decision = ChangeDecision.FailureUntold;

        var run = await CliRun.OfAsync(setting, "incidents", "17");

        Assert.Contains("\nOpened by PASS > FAIL, not told: maintenance Deploy:\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nClosed by FAIL > PASS, not told: the failure was not:\n", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("\nNobody was told: it was in maintenance\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 12, "uptime")]
    [InlineData(110, 8, "uptime")]
    [InlineData(80, 6, "uptime")]
    [InlineData(200, 7, "incidents")]
    [InlineData(125, 6, "incidents")]
    [InlineData(80, 5, "incidents")]
    public async Task A_narrow_terminal_gets_the_columns_that_count_most(int width, int columns, string verb)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { TerminalWidth = width, Environment = { ["NO_COLOR"] = "1" } };
        Fill(server);

        var run = await CliRun.OfAsync(setting, verb);

        var header = run.Lines.Single(line => line.StartsWith("| ID", StringComparison.Ordinal));
        Assert.Equal(columns, header.Count(c => c == '|') - 1);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 1, width));
    }

    [Theory]
    [InlineData("en_US.UTF-8", null, "▁▁··█▁▄")]
    [InlineData("de_DE.utf8", "xterm", "▁▁··█▁▄")]
    [InlineData("C", null, "..__X.+")]
    [InlineData(null, null, "..__X.+")]
    [InlineData("en_US.UTF-8", "linux", "..__X.+")]
    public async Task A_bar_is_of_blocks_where_the_terminal_has_them(string? language, string? terminal, string bar)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        Fill(server);
        foreach (var (name, value) in new[] { ("LANG", language), ("TERM", terminal) })
        {
            if (value is not null)
            {
                setting.Environment[name] = value;
            }
        }

        var run = await CliRun.OfAsync(setting, "targets", "8");

        Assert.Contains(run.Lines, line => line.StartsWith($"| Last Results        | {bar} ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(64, "--window: must be the time until now, 1m to 800d, such as 24h, 7d, 30d or 365d", "uptime", "--window", "0")]
    [InlineData(64, "--window: must be the time until now, 1m to 800d, such as 24h, 7d, 30d or 365d", "uptime", "--window", "801d")]
    [InlineData(64, "--month: must be a month, such as 2026-10", "uptime", "--month", "2026-13")]
    [InlineData(64, "--window and --month exclude each other", "uptime", "--window", "1h", "--month", "2026-10")]
    [InlineData(64, "--zone needs --month: other times have no days that it could move", "uptime", "--zone", "Europe/Berlin")]
    [InlineData(64, "--until needs --since", "uptime", "--until", "1h")]
    [InlineData(64, "--until: must be later than --since", "uptime", "--since", "1h", "--until", "2h")]
    [InlineData(64, "--until: must be later than --since", "incidents", "--since", "2026-10-02", "--until", "2026-10-01")]
    [InlineData(64, "--until: must be later than --since", "targets", "8", "history", "--until", "30d")]
    [InlineData(64, "--since: must be how long ago, such as 7d or 12h, or a date such as 2026-10-01 or 2026-10-01T08:30", "uptime", "--since", "2026")]
    [InlineData(64, "--since: must be how long ago, such as 7d or 12h, or a date such as 2026-10-01 or 2026-10-01T08:30", "incidents", "--since", "2026-02-30")]
    [InlineData(64, "--since: must be how long ago, such as 7d or 12h, or a date such as 2026-10-01 or 2026-10-01T08:30", "incidents", "--since", "999999999d")]
    [InlineData(64, "which month? Give it with --month, such as --month 2026-10", "report")]
    [InlineData(64, "--open: does not belong here, as incident 17 is one", "incidents", "17", "--open")]
    [InlineData(64, "ID: must be the number of an incident; --target 'Shop' lists those of a target", "incidents", "Shop")]
    [InlineData(64, "--by and --incidents exclude each other", "targets", "8", "history", "--by", "day", "--incidents")]
    [InlineData(64, "--by: must be result, hour or day", "targets", "8", "history", "--by", "week")]
    [InlineData(64, "which target? Give its ID: 'skypunch targets' lists them", "targets", "history")]
    [InlineData(64, "--output: one incident is printed as table or json; a list of them as csv, too", "incidents", "17", "-o", "csv")]
    [InlineData(64, "--output: must be table or json; only 'incidents', 'uptime', 'report' and 'targets ID history' print csv", "notifiers", "-o", "csv")]
    [InlineData(64, "--output: must be table, json or csv; only 'export' prints yaml", "uptime", "-o", "yaml")]
    [InlineData(64, "--output: must be table or json; only 'targets' prints wide", "status", "-o", "wide")]
    [InlineData(1, "there is no incident with id 99; 'skypunch incidents' lists them", "incidents", "99")]
    [InlineData(1, "there is no target named 'x'; 'skypunch targets' lists them", "uptime", "1", "x")]
    [InlineData(1, "there is no target named 'x'; 'skypunch targets' lists them", "incidents", "--target", "x")]
    public async Task A_wrong_command_line_is_explained_in_one_line(int exitCode, string error, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((exitCode, $"error: {error}", ""), (run.ExitCode, run.Errors[0], run.Out));
    }

    [Theory]
    [InlineData("--month", "windows[0].month", "uptime", "1", "--month", "2026-10")]
    [InlineData("--window", "windows[1].last", "uptime", "1")]
    [InlineData("--since", "window.range", "uptime", "--since", "1h")]
    [InlineData("--zone", "time_zone", "report", "--month", "2026-10", "--zone", "Mars")]
    [InlineData("ID", "target_ids", "uptime", "1")]
    [InlineData("--reason", "reason", "incidents", "--reason", "x")]
    [InlineData("--until", "end_time", "incidents", "--since", "2h", "--until", "1h")]
    [InlineData("--since", "range.start_time", "targets", "1", "history", "--since", "900d")]
    public async Task What_the_server_refuses_is_told_with_the_option_that_gave_it(string option, string field, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.History.Violations.Add((field, "must be otherwise"));

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((1, $"error: {option}: must be otherwise"), (run.ExitCode, run.Errors.Single()));
    }

    private static void Fill(AdminServer server)
    {
        server.Targets.All.Add(8, Samples.New(8, "Shop"));
        server.Targets.All[8].State.Status = TargetStatus.Pass;
        server.Targets.All[8].State.RecentResults.AddRange(HistorySamples.Results());
        server.Targets.All.Add(9, Samples.New(9, "Search"));
        server.Notifiers.All.Add(1, Samples.Ops());
        server.History.Incidents.AddRange([HistorySamples.Open(), HistorySamples.Over(), HistorySamples.Over(16)]);
        server.History.Details = HistorySamples.Details();
        server.History.Uptimes.Add(8, ("Shop", HistorySamples.October()));
        server.History.Uptimes.Add(9, ("=1+1, \"quoted\"", HistorySamples.Whole()));
        server.History.Uptimes.Add(12, ("Newcomer", HistorySamples.Unseen()));
        server.History.Points.AddRange(HistorySamples.Days());
        server.History.Results.AddRange(HistorySamples.Results().Reverse());
        foreach (var (id, change, state) in new[] { (12, HistorySamples.Closing, DeliveryState.Pending), (11, HistorySamples.Opening, DeliveryState.Sent), (10, "another", DeliveryState.Sent) })
        {
            var delivery = Samples.Delivery(id, state);
            delivery.ChangeId = change;
            server.Notifiers.Deliveries.Add(delivery);
        }
    }
}
