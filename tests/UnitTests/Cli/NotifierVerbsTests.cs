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
    public async Task Notifiers_and_deliveries_are_printed_as_in_the_golden_file(string golden, params string[] args)
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
    public async Task Deliveries_of_a_digest_are_listed_by_its_id_which_has_a_column_where_there_is_one()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        var carried = Samples.Delivery(11, DeliveryState.Sent);
        carried.DigestId = "digest.0123456789abcdef0123456789abcdef";
        server.Notifiers.Deliveries.AddRange([carried, Samples.Delivery(10, DeliveryState.Sent)]);

        var all = await CliRun.OfAsync(setting, "notifiers", "deliveries");
        var some = await CliRun.OfAsync(setting, "notifiers", "deliveries", "--digest", carried.DigestId, "-o", "json");

        Assert.Contains("Digest", all.Out);
        Assert.Equal(1, all.Out.Split(carried.DigestId).Length - 1);
        Assert.Contains($"\"digest_id\": \"{carried.DigestId}\"", some.Out);
        Assert.DoesNotContain("\"id\": 10,", some.Out);
    }

    [Theory]
    [InlineData("notifiers-unreadable.txt", "notifiers")]
    [InlineData("notifiers-unreadable.json", "notifiers", "-o", "json")]
    [InlineData("notifier-unreadable.txt", "notifiers", "2")]
    public async Task A_notifier_whose_row_cannot_be_read_is_shown_with_what_is_wrong(string golden, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Notifiers.All.Add(1, Samples.Ops());
        server.Notifiers.All.Add(2, new Recipient { Id = 2, Name = "Night", Type = "SMTP", Enabled = true, RowFault = "The column address cannot be read: it is NULL. Mend its row in SQL, or delete the notifier." });

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Matches(golden, run.Out);
    }

    [Theory]
    [InlineData("notifiers-routed.txt", "notifiers")]
    [InlineData("notifiers-routed.json", "notifiers", "-o", "json")]
    [InlineData("notifier-routed.txt", "notifiers", "2")]
    [InlineData("notifiers-routed.yaml", "export")]
    public async Task A_match_and_hours_are_shown_where_there_are_such(string golden, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Notifiers.All.Add(1, Samples.Ops());
        server.Notifiers.All.Add(2, Payments());

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Matches(golden, run.Out.Replace(server.Url, "http://URL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_match_and_hours_are_given_changed_and_taken_away_and_what_is_exported_is_the_same()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);

        await CliRun.OfAsync(setting, "notifiers", "add", "Pay", "pay@example.org", "--params", "server=mx", "--match", "labels.team = pay", "--hours", "Mon-Fri 08:00-18:00 UTC");
        Assert.Equal(("labels.team = pay", "Mon-Fri 08:00-18:00 UTC"), (server.Notifiers.All[1].Match, server.Notifiers.All[1].Hours));
        setting.Stdin = (await CliRun.OfAsync(setting, "export")).Out;
        Assert.Contains("notifier \"Pay\" ", (await CliRun.OfAsync(setting, "apply", "-f", "-")).Out, StringComparison.Ordinal);
        Assert.Equal(["params"], server.Notifiers.Mask!.Paths); // a secret is written each time

        await CliRun.OfAsync(setting, "notifiers", "edit", "Pay", "--match", "", "--hours", "");
        Assert.Equal(["match", "hours"], server.Notifiers.Mask!.Paths);
        Assert.Equal(("", ""), (server.Notifiers.All[1].Match, server.Notifiers.All[1].Hours));
    }

    [Theory]
    [InlineData("notifiers-who.txt", "notifiers", "who", "google dot com")]
    [InlineData("notifiers-who.json", "notifiers", "who", "1", "--reason", "dns_error", "-o", "json")]
    public async Task Who_would_be_told_is_asked_with_the_target_as_the_scheduler_has_it(string golden, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Targets.All.Add(1, Samples.Google());
        server.Notifiers.Verdicts =
        [
            new NotifierVerdict { Notifier = Samples.Ops(), Verdict = ToldVerdict.Told, Why = "It has no match, so that it is told of everything." },
            new NotifierVerdict { Notifier = Payments(), Verdict = ToldVerdict.Sometimes, Why = "Its match selects failures for some reasons only: reason : tls", Reasons = { "tls_error", "tls_expired" } },
        ];

        var run = await CliRun.OfAsync(setting, args);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Matches(golden, run.Out);
        Assert.Equal(Samples.Google(), server.Notifiers.Asked!.Target);
        Assert.Equal(args.Contains("--reason") ? "dns_error" : "", server.Notifiers.Asked.Reason);
    }

    [Theory]
    [InlineData("error: there is no target named 'nobody'; 'skypunch targets' lists them", "notifiers", "who", "nobody")]
    [InlineData("error: '1' does not belong here: 'notifiers who TARGET' shows all notifiers", "notifiers", "1", "who", "nobody")]
    public async Task Who_is_asked_of_a_target_that_there_is(string said, params string[] args)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);

        var run = await CliRun.OfAsync(setting, args);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(said, run.Error.Split('\n')[0]);
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
            Type = "smtp",
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
    [InlineData("notifier-types.txt", "notifiers", "types")]
    [InlineData("notifier-types.json", "notifiers", "types", "-o", "json")]
    [InlineData("notifier-type.txt", "notifiers", "types", "smtp")]
    public async Task The_types_of_the_server_are_listed_with_their_parameters(string golden, params string[] line)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);

        var run = await CliRun.OfAsync(setting, line);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Matches(golden, run.Out);
    }

    [Fact]
    public async Task A_type_that_the_server_does_not_know_is_refused_with_those_that_it_knows()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);

        var run = await CliRun.OfAsync(setting, "notifiers", "types", "pigeon");

        Assert.Equal((64, "error: TYPE: must be SMTP"), (run.ExitCode, run.Error.Split('\n')[0]));
    }

    [Fact]
    public async Task A_notifier_of_a_type_without_an_address_is_added_without_one()
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);

        var added = await CliRun.OfAsync(setting, "notifiers", "add", "Hook", "--type", "webhook", "--params", "url=http://127.0.0.1/");

        Assert.Equal(["Notifier: Hook has been Added with id 1"], added.Lines);
        Assert.Equal(("webhook", ""), (server.Notifiers.All[1].Type, server.Notifiers.All[1].Address));
    }

    [Theory]
    [InlineData(true, 0, "[1] Ops PASS (accepted)")]
    [InlineData(false, 2, "[1] Ops FAIL (accepted)")]
    public async Task A_test_message_reports_its_outcome(bool delivered, int exitCode, string said)
    {
        await using var server = await AdminServer.StartAsync();
        using var setting = new CliSetting(server.Url);
        server.Notifiers.All.Add(1, Samples.Ops());
        server.Notifiers.TestResult = (delivered, "accepted");

        var run = await CliRun.OfAsync(setting, "notifiers", "1", "test");

        Assert.Equal((exitCode, said), (run.ExitCode, run.Lines.Single()));
    }

    private static Recipient Payments() => new()
    {
        Id = 2,
        Name = "Payments",
        Type = "SMTP",
        Address = "pay@example.org",
        Enabled = true,
        Match = "labels.team = payments AND NOT group : test",
        Hours = "Mon-Fri 08:00-18:00 Europe/Berlin",
    };
}
