using Skypunch.Cli.Connection;
using Skypunch.Cli.Daemon;
using Skypunch.Cli.Faults;

namespace Skypunch.UnitTests.Cli;

public sealed class ServerChoiceTests
{
    [Fact]
    public async Task A_token_that_was_given_is_shown_to_the_server()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        var file = setting.WriteFile("other-token", "abc\n");

        await CliRun.OfAsync(setting, "status", "--token-file", file);
        Assert.Equal("Bearer abc", server.Authorization);

        setting.Environment["SKYPUNCH_TOKEN"] = "def";
        await CliRun.OfAsync(setting, "status");
        Assert.Equal("Bearer def", server.Authorization);
    }

    [Fact]
    public async Task The_daemons_token_never_goes_to_another_server()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        setting.WriteFile("token", "local-secret");
        await using var daemon = await FakeDaemon.StartAsync(setting, adminUrl: "http://127.0.0.1:1");

        await CliRun.OfAsync(setting, "status");

        Assert.Null(server.Authorization);
    }

    [Fact]
    public async Task The_daemon_of_the_data_folder_is_found_with_its_token()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting();
        setting.WriteFile("token", "local-secret");
        await using var daemon = await FakeDaemon.StartAsync(setting, server.Url);

        var run = await CliRun.OfAsync(setting, "status");

        Assert.Equal((0, "Bearer local-secret"), (run.ExitCode, server.Authorization));
    }

    [Fact]
    public async Task A_program_that_took_over_the_port_of_a_daemon_that_died_gets_no_token()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        setting.WriteFile("token", "local-secret");
        setting.WriteFile("daemon.json", $$"""{"pid":{{int.MaxValue}},"adminUrl":"{{server.Url}}"}""");

        await CliRun.OfAsync(setting, "status");

        Assert.Null(server.Authorization);
    }

    [Fact]
    public void Without_a_daemon_it_is_the_default_address()
    {
        using var setting = new CliSetting();
        var data = DataFolder.Resolve(setting.Data, _ => null);

        Assert.Equal(new ServerChoice(new Uri("http://127.0.0.1:7413"), null), ServerChoice.Resolve(null, null, data, _ => null));
    }

    [Theory]
    [InlineData("monitor:7413")]
    [InlineData("ftp://monitor")]
    [InlineData("http://user:password@monitor")]
    [InlineData("/")]
    public void An_address_that_is_no_HTTP_URL_is_refused(string server)
    {
        var fault = Assert.Throws<CliFault>(() => ServerChoice.Resolve(server, null, new DataFolder("/nowhere", true), _ => null));

        Assert.Equal("--server: must be http://HOST:PORT or https://HOST:PORT", fault.Lines.Single().Text);
    }

    [Theory]
    [InlineData("/given", "/given")]
    [InlineData(null, "/home-of-skypunch", "SKYPUNCH_HOME=/home-of-skypunch", "XDG_DATA_HOME=/xdg", "HOME=/me")]
    [InlineData(null, "/xdg/skypunch", "XDG_DATA_HOME=/xdg", "HOME=/me")]
    [InlineData(null, "/me/.local/share/skypunch", "XDG_DATA_HOME=relative", "HOME=/me")]
    public void The_data_folder_is_where_the_daemon_has_it(string? option, string expected, params string[] variables)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has one place.");
        var environment = variables.Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);

        Assert.Equal(expected, DataFolder.Resolve(option, environment.GetValueOrDefault).Path);
    }
}
