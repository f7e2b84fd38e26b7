namespace Skypunch.UnitTests.Cli;

public sealed class HelpTests
{
    [Fact]
    public async Task No_arguments_print_the_version_and_the_usage()
    {
        using var setting = new CliSetting();

        var run = await CliRun.OfAsync(setting);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"skypunch {Skypunch.Cli.Help.ProgramVersion.Text}\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nUsage:\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("status")]
    [InlineData("apply")]
    [InlineData("export")]
    [InlineData("completion")]
    [InlineData("targets")]
    [InlineData("targets add")]
    [InlineData("targets edit")]
    [InlineData("targets delete")]
    [InlineData("targets enable")]
    [InlineData("targets disable")]
    [InlineData("targets test")]
    [InlineData("targets trace")]
    [InlineData("targets history")]
    [InlineData("targets count")]
    [InlineData("targets groups")]
    [InlineData("targets watch")]
    [InlineData("maintenance")]
    [InlineData("maintenance now")]
    [InlineData("maintenance add")]
    [InlineData("maintenance edit")]
    [InlineData("maintenance delete")]
    [InlineData("incidents")]
    [InlineData("uptime")]
    [InlineData("report")]
    [InlineData("notifiers")]
    [InlineData("notifiers add")]
    [InlineData("notifiers edit")]
    [InlineData("notifiers delete")]
    [InlineData("notifiers enable")]
    [InlineData("notifiers disable")]
    [InlineData("notifiers test")]
    [InlineData("notifiers deliveries")]
    public async Task Every_command_teaches_its_use_by_examples(string command)
    {
        using var setting = new CliSetting();

        var run = await CliRun.OfAsync(setting, [.. command.Split(' '), "--help"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("\nUsage:\n  skypunch ", run.Out, StringComparison.Ordinal);
        Assert.Contains($"\nExamples:\n  skypunch {command.Split(' ')[0]}", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_fits_a_terminal_of_80_columns()
    {
        using var setting = new CliSetting { TerminalWidth = 80 };

        var run = await CliRun.OfAsync(setting, "start", "--help");

        var prose = run.Lines.Where(l => !l.TrimStart().StartsWith("skypunch ", StringComparison.Ordinal));
        Assert.All(prose, l => Assert.InRange(l.Length, 0, 80));
    }

    [Fact]
    public async Task A_shell_gets_a_script_that_asks_for_what_may_come_next()
    {
        using var setting = new CliSetting();

        Assert.Contains("[suggest:", (await CliRun.OfAsync(setting, "completion", "bash")).Out, StringComparison.Ordinal);
        Assert.Contains("targets", (await CliRun.OfAsync(setting, "[suggest:10]", "skypunch t")).Lines);
        Assert.Equal(64, (await CliRun.OfAsync(setting, "completion", "tcsh")).ExitCode);
    }
}
