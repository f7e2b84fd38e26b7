using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Cli;

public sealed class TargetOutputTests
{
    [Theory]
    [InlineData("targets.txt", "targets")]
    [InlineData("targets.json", "targets", "-o", "json")]
    [InlineData("target.txt", "targets", "1")]
    [InlineData("target.json", "targets", "1", "-o", "json")]
    [InlineData("target-full.txt", "targets", "3")]
    [InlineData("target-full.json", "targets", "3", "-o", "json")]
    [InlineData("target-add-help.txt", "targets", "add", "--help")]
    [InlineData("target-trace.txt", "targets", "8", "trace")]
    [InlineData("target-trace.json", "targets", "trace", "8", "-o", "json")]
    [InlineData("target-test.txt", "targets", "8", "test")]
    [InlineData("target-test.json", "targets", "8", "test", "--output", "JSON")]
    [InlineData("target-add.json", "targets", "add", "x", "http://localhost", "-o", "json")]
    [InlineData("status.txt", "status")]
    [InlineData("status.json", "status", "-o", "json")]
    public async Task Targets_and_the_status_are_printed_as_in_the_golden_file(string golden, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.Google());
        if (golden.StartsWith("target-full", StringComparison.Ordinal))
        {
            server.Targets.All.Add(3, Samples.Full());
        }

        server.Targets.All.Add(8, Samples.New(8, "Localhost nginx test"));
        server.Targets.Traces = Samples.Traces();
        server.Targets.All.Add(9, Samples.New(9, "日本語テスト 😀 [red]é"));

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Matches(golden, run.Out);
    }

    [Fact]
    public async Task What_has_not_happened_has_no_trace()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.New(1, "Shop"));

        var run = await CliRun.OfAsync(setting, "targets", "1", "trace");

        Assert.Equal((0, "Target: Shop has not failed yet\nTarget: Shop has not changed yet\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task A_failed_test_says_why_at_its_step_and_exits_with_2()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(8, Samples.New(8, "Localhost nginx test"));
        server.Targets.Report = Samples.Failed("target status:503 != 200");

        var run = await CliRun.OfAsync(setting, "targets", "8", "test");

        Assert.Equal(2, run.ExitCode);
        Golden.Matches("target-test-failed.txt", run.Out);
    }

    [Fact]
    public async Task A_pipe_gets_every_row_on_one_line_however_long()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.New(1, new string('n', 256), $"http://localhost/{new string('u', 2000)}"));

        var list = await CliRun.OfAsync(setting, "targets");
        var details = await CliRun.OfAsync(setting, "targets", "1");

        Assert.Contains(list.Lines, l => l.Contains(new string('n', 256), StringComparison.Ordinal));
        Assert.Contains(details.Lines, l => l.Contains(new string('u', 2000), StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', list.Out + details.Out);
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(30, 0)]
    public async Task A_terminal_gets_a_table_that_fits_or_one_that_is_whole(int width, int most)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { TerminalWidth = width };
        server.Targets.All.Add(1, Samples.New(1, string.Join(' ', Enumerable.Repeat("name", 60))));

        var run = await CliRun.OfAsync(setting, "targets");

        var widths = run.Lines.Select(l => l.Length).Distinct().ToList();
        Assert.True(widths is [var only] && (most == 0 ? only > 256 : only <= most), run.Out);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(140, true)]
    [InlineData(80, false)]
    public async Task A_list_has_the_first_line_of_descriptions_where_there_is_room(int? width, bool isShown)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { TerminalWidth = width };
        server.Targets.All.Add(1, Samples.New(1, "Shop"));
        server.Targets.All.Add(2, Samples.New(2, "Search"));
        server.Targets.All[2].Description = "Ask the search team.\nBy telephone.";

        var run = await CliRun.OfAsync(setting, "targets");

        Assert.Equal(isShown, run.Out.Contains("Ask the search team.", StringComparison.Ordinal));
        Assert.Equal(isShown, run.Out.Contains("Description", StringComparison.Ordinal));
        Assert.DoesNotContain("telephone", run.Out, StringComparison.Ordinal);
        Assert.Contains("Search", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null, null)]
    [InlineData(false, "NO_COLOR", "1")]
    [InlineData(false, "TERM", "dumb")]
    public async Task A_terminal_gets_colours_unless_it_is_told_otherwise(bool colours, string? variable, string? value)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { TerminalWidth = 200 };
        server.Targets.All.Add(1, Samples.Google());
        if (variable is not null)
        {
            setting.Environment[variable] = value!;
        }

        var run = await CliRun.OfAsync(setting, "targets");

        Assert.Equal(colours, run.Out.Contains("\u001b[", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Ask the search team.\nBy telephone.", "Ask the search team.…")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀…")]
    public async Task A_description_in_a_list_is_cut_between_characters_and_says_so(string description, string shown)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        var target = Samples.New(1, "a");
        target.Description = description;
        server.Targets.All.Add(1, target);

        var run = await CliRun.OfAsync(setting, "targets");

        Assert.Contains(run.Out.Split('\n'), line => line.Contains($" {shown} ", StringComparison.Ordinal) || line.EndsWith($" {shown}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_server_says_cannot_steer_the_terminal()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        var target = Samples.New(1, "a\u001b[2Jb");
        target.State.StatusDescription = "c\u009bd\ne";
        server.Targets.All.Add(1, target);
        server.Targets.Report = Samples.Failed("x\u001b]0;title\u0007");
        server.Targets.Report.Steps.Add(new TraceStep { Text = "Server: \u001b[31m" });

        foreach (var line in new[] { "targets", "targets 1", "targets 1 test", "targets 1 disable", "targets 1 -o json" })
        {
            var run = await CliRun.OfAsync(setting, line.Split(' '));
            Assert.DoesNotContain(run.Out, c => char.IsControl(c) && c != '\n');
        }
    }
}
