using Skypunch.Admin.V1;
using Recipient = Skypunch.Admin.V1.Notifier;

namespace Skypunch.UnitTests.Cli;

public sealed class NotifierVerbsTests
{
    [Theory]
    [InlineData("notifiers.txt", "notifiers")]
    [InlineData("notifiers.json", "notifiers", "-o", "json")]
    [InlineData("notifier.txt", "notifiers", "1")]
    [InlineData("notifier.json", "notifiers", "1", "-o", "json")]
    [InlineData("deliveries.txt", "notifiers", "deliveries")]
    [InlineData("deliveries.json", "notifiers", "1", "deliveries", "--limit", "1", "-o", "json")]
    public async Task Prints(string golden, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Notifiers.All.Add(1, Samples.Ops());
        server.Notifiers.Deliveries.Add(Samples.Delivery(12, DeliveryState.Pending));
        server.Notifiers.Deliveries.Add(Samples.Delivery(11, DeliveryState.Sent));
        server.Notifiers.Deliveries.Add(Samples.Delivery(10, DeliveryState.Failed));

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Matches(golden, run.Out);
    }

    [Fact]
    public async Task A_notifier_is_added_edited_switched_and_deleted()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url) { Stdin = "user=me,password=x,server=mail.example.org" };

        var added = await CliRun.OfAsync(setting, "notifiers", "add", "Ops", "ops@example.org", "--type", "smtp", "--params", "-");
        Assert.Equal(["Notifier: Ops has been Added with id 1"], added.Lines);
        var expected = new Recipient
        {
            Id = 1,
            Name = "Ops",
            Type = NotifierType.Smtp,
            Address = "ops@example.org",
            Params = "user=me,password=x,server=mail.example.org",
        };
        Assert.Equal(expected, server.Notifiers.All[1]);

        var edited = await CliRun.OfAsync(setting, "notifiers", "edit", "ops", "--address", "boss@example.org", "--disabled");
        Assert.Equal(["Notifier: Ops has been Changed"], edited.Lines);
        Assert.Equal(["address", "enabled"], server.Notifiers.Mask!.Paths);

        Assert.Equal(["Notifier: Ops has been Enabled"], (await CliRun.OfAsync(setting, "notifiers", "1", "enable")).Lines);
        Assert.Equal(["Notifier: Ops has been Disabled"], (await CliRun.OfAsync(setting, "notifiers", "1", "disable")).Lines);
        Assert.Equal(["Notifier: Ops has been Deleted"], (await CliRun.OfAsync(setting, "notifiers", "1", "delete")).Lines);
        Assert.Empty(server.Notifiers.All);
    }

    [Theory]
    [InlineData(true, 0, "[1] Ops PASS (accepted)")]
    [InlineData(false, 2, "[1] Ops FAIL (accepted)")]
    public async Task A_test_message_tells_how_it_fared(bool delivered, int exitCode, string said)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Notifiers.All.Add(1, Samples.Ops());
        server.Notifiers.TestResult = (delivered, "accepted");

        var run = await CliRun.OfAsync(setting, "notifiers", "1", "test");

        Assert.Equal((exitCode, said), (run.ExitCode, run.Lines.Single()));
    }
}
