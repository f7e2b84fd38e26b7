using Skypunch.Standalone;

namespace Skypunch.UnitTests.Standalone;

public sealed class DaemonArgumentsTests
{
    [Fact]
    public void Every_option_is_read()
    {
        Assert.True(Parse("--data /d --config=c.yaml --port 9000 --background", "", out var arguments, out _));

        Assert.Equal(new DaemonArguments { Data = Path.GetFullPath("/d"), Config = "c.yaml", Port = 9000, Background = true }, arguments);
    }

    [Fact]
    public void A_question_for_the_health_of_a_daemon_names_its_folder()
    {
        Assert.True(Parse("--health --data /d", "", out var arguments, out _));

        Assert.Equal(new DaemonArguments { Data = Path.GetFullPath("/d"), Health = true }, arguments);
    }

    [Theory]
    [InlineData("SKYPUNCH_HOME=/s XDG_DATA_HOME=/x HOME=/h", "/s")]
    [InlineData("SKYPUNCH_HOME= XDG_DATA_HOME=/x HOME=/h", "/x/skypunch")]
    [InlineData("XDG_DATA_HOME=relative HOME=/h", "/h/.local/share/skypunch")]
    [InlineData("HOME=/h", "/h/.local/share/skypunch")]
    public void Without_a_folder_the_usual_one_is_taken(string variables, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has one folder for this.");

        Assert.True(Parse("", variables, out var arguments, out _));

        Assert.Equal(expected, arguments!.Data);
        Assert.Null(arguments.Port);
        Assert.Null(arguments.Config);
        Assert.False(arguments.Background);
    }

    [Theory]
    [InlineData("--port 0", "--port must be a number from 1 to 65533: the two ports after it are taken too.")]
    [InlineData("--port 65535", "--port must be a number from 1 to 65533: the two ports after it are taken too.")]
    [InlineData("--port http", "--port must be a number from 1 to 65533: the two ports after it are taken too.")]
    [InlineData("--port", "--port needs a value; see skypunchd --help.")]
    [InlineData("--data=", "--data needs a value; see skypunchd --help.")]
    [InlineData("--background=yes", "skypunchd does not know '--background=yes'; see skypunchd --help.")]
    [InlineData("start", "skypunchd does not know 'start'; see skypunchd --help.")]
    public void A_wrong_argument_is_explained_in_one_sentence(string line, string expected)
    {
        Assert.False(Parse(line, "HOME=/h", out _, out var error));

        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--data /d -h")]
    [InlineData("--version")]
    public void A_question_is_answered_and_nothing_started(string line)
    {
        Assert.False(Parse(line, "", out _, out var error));

        Assert.Null(error);
    }

    private static bool Parse(string line, string variables, out DaemonArguments? arguments, out string? error)
    {
        var environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        var args = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return DaemonArguments.TryParse(args, environment.GetValueOrDefault, out arguments, out _, out error);
    }
}
