using Google.Rpc;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Skypunch.Admin.V1;
using ProtoNotifier = Skypunch.Admin.V1.Notifier;

namespace Skypunch.UnitTests.Notifier;

/// <summary>The match and the hours of a notifier in the admin API, and who would be told.</summary>
public sealed class NotifierMatchTests : IAsyncLifetime
{
    private NotifierHost _host = null!;

    private NotifierService.NotifierServiceClient Client => _host.Client;

    private static CallOptions WithinTest => new(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync() => _host = await NotifierHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task They_are_stored_shown_and_taken_away()
    {
        var created = await CreateAsync("pay", match: "labels.team = pay", hours: "Mon-Fri 08:00-18:00 UTC");
        var update = new UpdateNotifierRequest { Notifier = new ProtoNotifier { Id = created.Id, Match = " " }, UpdateMask = new() { Paths = { "match", "hours" } } };
        var updated = (await Client.UpdateNotifierAsync(update, WithinTest)).Notifier;

        Assert.Equal(("labels.team = pay", "Mon-Fri 08:00-18:00 UTC"), (created.Match, created.Hours));
        Assert.Equal(("", ""), (updated.Match, updated.Hours));
        Assert.Equal(updated, (await Client.GetNotifierAsync(new GetNotifierRequest { Id = created.Id }, WithinTest)).Notifier);
    }

    [Fact]
    public async Task What_is_no_filter_or_no_hours_is_refused_with_the_field_and_the_place()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => CreateAsync("pay", match: "labels.team = pay AND status = FAIL", hours: "Mon-Fry 08:00-18:00 UTC"));

        Assert.Equal(
            [
                ("notifier.match", "at character 23: status makes no sense in a match: whoever is told of a failure is told of its recovery, too"),
                ("notifier.hours", "has 'Mon-Fry', which is no day and no range of days; the days are Mon, Tue, Wed, Thu, Fri, Sat and Sun"),
            ],
            refused.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(fault => (fault.Field, fault.Description)));
    }

    [Fact]
    public async Task A_row_with_a_wrong_match_says_so_and_can_be_edited()
    {
        var (bad, good) = (await CreateAsync("bad"), await CreateAsync("good"));
        await ExecuteAsync($"UPDATE notifiers SET match_text = 'team = a', hours = 'never' WHERE id = {bad.Id}");

        var listed = (await Client.ListNotifiersAsync(new ListNotifiersRequest(), WithinTest)).Notifiers;
        var told = (await WhoAsync(new Target())).Verdicts;
        var renamed = (await Client.UpdateNotifierAsync(new UpdateNotifierRequest { Notifier = new() { Id = bad.Id, Name = "other" }, UpdateMask = new() { Paths = { "name" } } }, WithinTest)).Notifier;
        var mended = (await Client.UpdateNotifierAsync(new UpdateNotifierRequest { Notifier = new() { Id = bad.Id }, UpdateMask = new() { Paths = { "match", "hours" } } }, WithinTest)).Notifier;

        Assert.StartsWith("The column match_text is no match, so that it is told of everything: at character 1: 'team' is no field; ", listed[0].RowFault, StringComparison.Ordinal);
        Assert.Contains("; the column hours is no text of hours, so that it is told at any time: it must be days, times and a time zone, ", listed[0].RowFault, StringComparison.Ordinal);
        Assert.Equal(("team = a", "never"), (listed[0].Match, listed[0].Hours));
        Assert.Equal(good, listed[1]);
        Assert.All(told, verdict => Assert.Equal(ToldVerdict.Told, verdict.Verdict));
        Assert.StartsWith("Its match is no filter, so that it is told of everything: at character 1", told[0].Why, StringComparison.Ordinal);
        Assert.Equal("other", renamed.Name);
        Assert.Equal("", (await Client.GetNotifierAsync(new GetNotifierRequest { Id = mended.Id }, WithinTest)).Notifier.RowFault);
    }

    [Fact]
    public async Task Who_would_be_told_is_said_of_each_notifier_with_the_reason_why()
    {
        await CreateAsync("all");
        await CreateAsync("web", match: "labels.team = web AND group : shop AND frequency < 1m AND authn = OPENSTACK AND url = /servers AND method = GET");
        await CreateAsync("pay", match: "labels.team = pay");
        await CreateAsync("tls", match: "reason : tls_e");
        var off = await CreateAsync("off");
        await Client.DisableNotifierAsync(new DisableNotifierRequest { Id = off.Id }, WithinTest);
        var target = new Target
        {
            Id = 5,
            Name = "Cart",
            Url = "/servers",
            Catalog = new CatalogService { ServiceType = "compute" },
            Method = "GET",
            Authn = Authn.Openstack,
            Frequency = new() { Seconds = 10 },
            Group = "shop/cart",
            Labels = { ["team"] = "web" },
        };

        var all = (await WhoAsync(target)).Verdicts;
        var one = (await WhoAsync(target, "tls_expired")).Verdicts;

        Assert.Equal(
            [("all", ToldVerdict.Told), ("web", ToldVerdict.Told), ("pay", ToldVerdict.NotTold), ("tls", ToldVerdict.Sometimes), ("off", ToldVerdict.NotTold)],
            all.Select(verdict => (verdict.Notifier.Name, verdict.Verdict)));
        Assert.Equal("It has no match, so that it is told of everything.", all[0].Why);
        Assert.StartsWith("Its match selects the target: labels.team = web AND", all[1].Why, StringComparison.Ordinal);
        Assert.Equal("Its match does not select the target: labels.team = pay", all[2].Why);
        Assert.Equal(["tls_error", "tls_expired"], all[3].Reasons);
        Assert.Equal("It is disabled.", all[4].Why);
        Assert.Equal((ToldVerdict.Told, 0), (one[3].Verdict, one[3].Reasons.Count));
    }

    [Fact]
    public async Task Who_would_be_told_is_not_asked_without_a_target()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => Client.WhoIsToldAsync(new WhoIsToldRequest(), WithinTest).ResponseAsync);

        Assert.Equal(["target"], refused.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(fault => fault.Field));
    }

    private async Task<WhoIsToldResponse> WhoAsync(Target target, string reason = "") => await Client.WhoIsToldAsync(new WhoIsToldRequest { Target = target, Reason = reason }, WithinTest);

    private async Task<ProtoNotifier> CreateAsync(string name, string match = "", string hours = "")
        => (await Client.CreateNotifierAsync(new CreateNotifierRequest { Notifier = new() { Name = name, Address = "ops@example.org", Params = "server=mx", Match = match, Hours = hours } }, WithinTest)).Notifier;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"{_host.ConnectionString};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own text
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
