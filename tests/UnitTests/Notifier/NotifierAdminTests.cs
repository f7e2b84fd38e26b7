using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using ProtoNotifier = Skypunch.Admin.V1.Notifier;

namespace Skypunch.UnitTests.Notifier;

public sealed class NotifierAdminTests : IAsyncLifetime
{
    private NotifierHost _host = null!;

    private NotifierService.NotifierServiceClient Client => _host.Client;

    private static CallOptions WithinTest => new(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync() => _host = await NotifierHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_notifier_is_created_enabled_and_shown_without_its_parameters()
    {
        var created = await CreateAsync("ops");

        var read = (await Client.GetNotifierAsync(new GetNotifierRequest { Id = created.Id }, WithinTest)).Notifier;

        Assert.Equal(created, read);
        Assert.Equal(("ops", "SMTP", "ops@example.org", "", true), (read.Name, read.Type, read.Address, read.Params, read.Enabled));
        Assert.StartsWith("enc:v2:", await StoredParamsAsync(created.Id));
    }

    [Fact]
    public async Task A_notifier_can_be_created_disabled()
    {
        var created = (await Client.CreateNotifierAsync(new CreateNotifierRequest
        {
            Notifier = new ProtoNotifier { Name = "off", Address = "ops@example.org", Params = "server=mx", Enabled = false },
        }, WithinTest)).Notifier;

        Assert.False((await Client.GetNotifierAsync(new GetNotifierRequest { Id = created.Id }, WithinTest)).Notifier.Enabled);
    }

    [Fact]
    public async Task Checking_alone_creates_nothing()
    {
        var checkedOnly = await Client.CreateNotifierAsync(new CreateNotifierRequest { Notifier = ANotifier("ops"), ValidateOnly = true }, WithinTest);
        await CreateAsync("ops");

        Assert.Equal((0, "ops"), (checkedOnly.Notifier.Id, checkedOnly.Notifier.Name));
        var taken = await FailsAsync(() => Client.CreateNotifierAsync(new CreateNotifierRequest { Notifier = ANotifier("ops"), ValidateOnly = true }, WithinTest));
        Assert.Equal(StatusCode.AlreadyExists, taken.StatusCode);
    }

    [Fact]
    public async Task All_that_is_wrong_is_reported_at_once_by_field()
    {
        var refused = await FailsAsync(() => Client.CreateNotifierAsync(new CreateNotifierRequest
        {
            Notifier = new ProtoNotifier { Name = "a\nb", Type = "smtp", Address = "nobody", Params = "user=me,colour=red" },
        }, WithinTest));
        var unknown = await FailsAsync(() => Client.CreateNotifierAsync(new CreateNotifierRequest
        {
            Notifier = new ProtoNotifier { Name = "a\nb", Type = "PIGEON", Address = "nobody" },
        }, WithinTest));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(
            ["notifier.name", "notifier.address", "notifier.params", "notifier.params", "notifier.params"],
            refused.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(v => v.Field));
        Assert.Equal(
            ["notifier.name", "notifier.type"], // other fields cannot be checked without a known type
            unknown.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(v => v.Field));
    }

    [Fact]
    public async Task A_request_without_a_notifier_is_refused()
    {
        Assert.Equal(StatusCode.InvalidArgument, (await FailsAsync(() => Client.CreateNotifierAsync(new CreateNotifierRequest(), WithinTest))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailsAsync(() => Client.UpdateNotifierAsync(new UpdateNotifierRequest(), WithinTest))).StatusCode);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await CreateAsync("ops");
        var other = await CreateAsync("Ops");

        var created = await FailsAsync(() => Client.CreateNotifierAsync(new CreateNotifierRequest { Notifier = ANotifier("ops") }, WithinTest));
        var renamed = await FailsAsync(() => Client.UpdateNotifierAsync(
            new UpdateNotifierRequest { Notifier = new ProtoNotifier { Id = other.Id, Name = "ops" } }, WithinTest));

        Assert.Equal((StatusCode.AlreadyExists, StatusCode.AlreadyExists), (created.StatusCode, renamed.StatusCode));
    }

    [Fact]
    public async Task An_unknown_id_is_not_found()
    {
        Assert.Equal(StatusCode.NotFound, (await FailsAsync(() => Client.GetNotifierAsync(new GetNotifierRequest { Id = 9 }, WithinTest))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailsAsync(() => Client.UpdateNotifierAsync(
            new UpdateNotifierRequest { Notifier = new ProtoNotifier { Id = 9, Name = "x" } }, WithinTest))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailsAsync(() => Client.DeleteNotifierAsync(new DeleteNotifierRequest { Id = 9 }, WithinTest))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailsAsync(() => Client.EnableNotifierAsync(new EnableNotifierRequest { Id = 9 }, WithinTest))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailsAsync(() => Client.DisableNotifierAsync(new DisableNotifierRequest { Id = 9 }, WithinTest))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailsAsync(() => Client.TestNotifierAsync(new TestNotifierRequest { Id = 9 }, WithinTest))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailsAsync(() => Client.ListDeliveriesAsync(
            new ListDeliveriesRequest { NotifierId = 9 }, WithinTest))).StatusCode);
    }

    [Fact]
    public async Task An_update_changes_what_the_mask_names_or_what_is_given()
    {
        var created = await CreateAsync("ops");
        var before = await StoredParamsAsync(created.Id);

        var given = (await Client.UpdateNotifierAsync(
            new UpdateNotifierRequest { Notifier = new ProtoNotifier { Id = created.Id, Address = "b@example.org" } }, WithinTest)).Notifier;
        var named = (await Client.UpdateNotifierAsync(new UpdateNotifierRequest
        {
            Notifier = new ProtoNotifier { Id = created.Id, Name = "crew", Address = "ignored@example.org" },
            UpdateMask = new FieldMask { Paths = { "name" } },
        }, WithinTest)).Notifier;

        Assert.Equal(("ops", "b@example.org"), (given.Name, given.Address));
        Assert.Equal(("crew", "b@example.org", true), (named.Name, named.Address, named.Enabled));
        Assert.Equal(before, await StoredParamsAsync(created.Id));
    }

    [Fact]
    public async Task An_update_is_judged_by_what_it_touches_and_not_by_what_stands_beside_it()
    {
        var created = await CreateAsync("ops");
        await ExecuteAsync("UPDATE notifiers SET address = 'nobody', type = 'smtp'");

        var renamed = (await Client.UpdateNotifierAsync(
            new UpdateNotifierRequest { Notifier = new ProtoNotifier { Id = created.Id, Name = "crew" } }, WithinTest)).Notifier;
        var refused = await FailsAsync(() => Client.UpdateNotifierAsync(
            new UpdateNotifierRequest { Notifier = new ProtoNotifier { Id = created.Id, Params = "user=me,password=s3cr3t" } }, WithinTest));

        Assert.Equal(("crew", "SMTP"), (renamed.Name, renamed.Type));
        var fault = Assert.Single(refused.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal(("notifier.params", true), (fault.Field, fault.Description.StartsWith("must have server=HOST", StringComparison.Ordinal)));
        Assert.DoesNotContain("s3cr3t", refused.ToString());
    }

    [Fact]
    public async Task A_row_of_a_type_that_is_not_there_is_corrected_by_its_type()
    {
        var created = await CreateAsync("ops");
        await ExecuteAsync("UPDATE notifiers SET type = 'PIGEON'");

        var shown = (await Client.GetNotifierAsync(new GetNotifierRequest { Id = created.Id }, WithinTest)).Notifier;
        var mended = (await Client.UpdateNotifierAsync(new UpdateNotifierRequest
        {
            Notifier = new ProtoNotifier { Id = created.Id },
            UpdateMask = new FieldMask { Paths = { "type" } },
        }, WithinTest)).Notifier;

        Assert.Equal(("PIGEON", "SMTP"), (shown.Type, mended.Type));
    }

    [Fact]
    public async Task The_types_are_listed_with_all_that_a_form_needs()
    {
        var types = (await Client.ListNotifierTypesAsync(new ListNotifierTypesRequest(), WithinTest)).NotifierTypes;

        Assert.Equal("SMTP", types[0].Name);
        Assert.Equal(["server"], types[0].Parameters.Where(parameter => parameter.Required).Select(parameter => parameter.Name));
        Assert.Equal(["password", "token"], types[0].Parameters.Where(parameter => parameter.Secret).Select(parameter => parameter.Name));
        Assert.All(types.SelectMany(type => type.Parameters), parameter => Assert.NotEqual("", parameter.Help));
    }

    [Fact]
    public async Task A_mask_can_name_no_counter()
    {
        var created = await CreateAsync("ops");

        var refused = await FailsAsync(() => Client.UpdateNotifierAsync(new UpdateNotifierRequest
        {
            Notifier = new ProtoNotifier { Id = created.Id, PassCount = 5 },
            UpdateMask = new FieldMask { Paths = { "pass_count", "nonsense" } },
        }, WithinTest));

        Assert.Equal(2, refused.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Count(v => v.Field == "update_mask"));
    }

    [Fact]
    public async Task The_list_has_pages()
    {
        var ids = new List<long>();
        foreach (var name in new[] { "a", "b", "c" })
        {
            ids.Add((await CreateAsync(name)).Id);
        }

        var first = await Client.ListNotifiersAsync(new ListNotifiersRequest { PageSize = 2 }, WithinTest);
        var second = await Client.ListNotifiersAsync(new ListNotifiersRequest { PageSize = 2, PageToken = first.NextPageToken }, WithinTest);

        Assert.Equal(ids[..2], first.Notifiers.Select(n => n.Id));
        Assert.Equal(ids[2..], second.Notifiers.Select(n => n.Id));
        Assert.Equal("", second.NextPageToken);
        Assert.Equal(StatusCode.InvalidArgument, (await FailsAsync(() => Client.ListNotifiersAsync(
            new ListNotifiersRequest { PageSize = -1, PageToken = "?" }, WithinTest))).StatusCode);
    }

    [Fact]
    public async Task A_change_on_the_bus_becomes_a_mail_and_a_delivery_in_the_list()
    {
        await using var smtp = new LoopbackSmtp();
        var notifier = await CreateAsync("ops", smtp.Params);
        await _host.Bus.Publish(new StatusChangeBatch([AChange.Failure(3)]), TestContext.Current.CancellationToken);
        await smtp.NextAsync();
        await _host.Bus.Publish(new StatusChangeBatch([AChange.Recovery(3)]), TestContext.Current.CancellationToken);
        await smtp.NextAsync();

        var first = await Client.ListDeliveriesAsync(new ListDeliveriesRequest { NotifierId = notifier.Id, PageSize = 1 }, WithinTest);
        var second = await Client.ListDeliveriesAsync(new ListDeliveriesRequest { PageSize = 1, PageToken = first.NextPageToken }, WithinTest);

        Assert.Equal(("FAIL > PASS", 3, "Target 3"), (first.Deliveries[0].Change, first.Deliveries[0].TargetId, first.Deliveries[0].TargetName));
        Assert.Equal(("PASS > FAIL", DeliveryState.Sent), (second.Deliveries[0].Change, second.Deliveries[0].State));
        Assert.Equal(AChange.Noon, second.Deliveries[0].ChangeTime.ToDateTimeOffset());
        var ofTheFailure = await Client.ListDeliveriesAsync(new ListDeliveriesRequest { ChangeIds = { second.Deliveries[0].ChangeId } }, WithinTest);
        Assert.Equal(second.Deliveries, ofTheFailure.Deliveries);
    }

    [Theory]
    [InlineData(1, "the last one")]
    [InlineData(101, "00000000-0000-0000-0000-000000000001")]
    public async Task Deliveries_of_changes_that_cannot_be_are_refused_by_the_fields_name(int count, string id)
    {
        var refused = await FailsAsync(() => Client.ListDeliveriesAsync(new ListDeliveriesRequest { ChangeIds = { Enumerable.Repeat(id, count) } }, WithinTest));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal("change_ids", refused.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
    }

    [Fact]
    public async Task Deliveries_say_which_digest_carried_them_and_are_listed_by_it()
    {
        await using var smtp = new LoopbackSmtp();
        await CreateAsync("ops", smtp.Params);
        await _host.Bus.Publish(new StatusChangeBatch([.. Enumerable.Range(1, 12).Select(i => AChange.Failure(i))]), TestContext.Current.CancellationToken);
        var mail = (await smtp.NextAsync()).Message;
        await _host.Bus.Publish(new StatusChangeBatch([AChange.Failure(100)]), TestContext.Current.CancellationToken);
        await smtp.NextAsync();

        var digestId = mail.MessageId!.Split('@')[0];
        var carried = (await Client.ListDeliveriesAsync(new ListDeliveriesRequest { DigestId = digestId }, WithinTest)).Deliveries;
        var all = (await Client.ListDeliveriesAsync(new ListDeliveriesRequest(), WithinTest)).Deliveries;
        var refused = await FailsAsync(() => Client.ListDeliveriesAsync(new ListDeliveriesRequest { DigestId = "the last one" }, WithinTest));

        Assert.StartsWith("digest.", digestId);
        Assert.Equal(12, carried.Count);
        Assert.All(carried, delivery => Assert.Equal(digestId, delivery.DigestId));
        Assert.Equal("", Assert.Single(all, delivery => delivery.TargetId == 100).DigestId);
        Assert.Equal("digest_id", refused.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
    }

    [Fact]
    public async Task Disabling_cancels_what_waits_and_enabling_does_not_bring_it_back()
    {
        await using var smtp = new LoopbackSmtp { Answer = line => line == "DATA" ? "451 not now" : null };
        var notifier = await CreateAsync("ops", smtp.Params);
        await _host.Bus.Publish(new StatusChangeBatch([AChange.Failure()]), TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(
            async () => (await Client.ListDeliveriesAsync(new ListDeliveriesRequest(), WithinTest)).Deliveries is [{ Attempts: 1 }], "an attempt was made");
        var off = (await Client.DisableNotifierAsync(new DisableNotifierRequest { Id = notifier.Id }, WithinTest)).Notifier;
        var on = (await Client.EnableNotifierAsync(new EnableNotifierRequest { Id = notifier.Id }, WithinTest)).Notifier;

        Assert.Equal((false, true), (off.Enabled, on.Enabled));
        var delivery = Assert.Single((await Client.ListDeliveriesAsync(new ListDeliveriesRequest(), WithinTest)).Deliveries);
        Assert.Equal(DeliveryState.Cancelled, delivery.State);
        Assert.Null(delivery.NextAttemptTime);
        Assert.Contains("451 not now", delivery.LastError);
    }

    [Fact]
    public async Task A_test_message_is_sent_at_once_and_counts_nothing()
    {
        await using var smtp = new LoopbackSmtp();
        var notifier = await CreateAsync("ops", smtp.Params);

        var response = await Client.TestNotifierAsync(new TestNotifierRequest { Id = notifier.Id }, WithinTest);

        Assert.True(response.Delivered);
        Assert.Equal($"127.0.0.1:{smtp.Port} has accepted the message to ops@example.org.", response.Description);
        Assert.Equal("Skypunch test message for ops", (await smtp.NextAsync()).Message.Subject);
        Assert.Equal((0, 0), (response.Notifier.PassCount, response.Notifier.FailCount));
    }

    [Fact]
    public async Task A_test_message_that_fails_says_why_and_what_to_do()
    {
        await using var smtp = new LoopbackSmtp { Login = ("me", "right") };
        var notifier = await CreateAsync("ops", $"{smtp.Params},user=me,password=s3cr3t");

        var response = await Client.TestNotifierAsync(new TestNotifierRequest { Id = notifier.Id }, WithinTest);

        Assert.False(response.Delivered);
        Assert.StartsWith($"Not sent: 127.0.0.1:{smtp.Port} refused the login of me", response.Description);
        Assert.Contains("Check user and password", response.Description);
        Assert.DoesNotContain("s3cr3t", response.Description);
    }

    [Fact]
    public async Task A_deleted_notifier_is_gone()
    {
        var notifier = await CreateAsync("ops");

        var deleted = await Client.DeleteNotifierAsync(new DeleteNotifierRequest { Id = notifier.Id }, WithinTest);

        Assert.Equal(notifier, deleted.Notifier);
        Assert.Empty((await Client.ListNotifiersAsync(new ListNotifiersRequest(), WithinTest)).Notifiers);
    }

    private static ProtoNotifier ANotifier(string name, string parameters = "server=mx.example.org")
        => new() { Name = name, Address = "ops@example.org", Params = parameters };

    private static Task<RpcException> FailsAsync<T>(Func<AsyncUnaryCall<T>> call) => Assert.ThrowsAsync<RpcException>(async () => await call());

    private async Task<ProtoNotifier> CreateAsync(string name, string parameters = "server=mx.example.org")
        => (await Client.CreateNotifierAsync(new CreateNotifierRequest { Notifier = ANotifier(name, parameters) }, WithinTest)).Notifier;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(_host.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string?> StoredParamsAsync(long id)
    {
        await using var connection = new SqliteConnection(_host.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT params FROM notifiers WHERE id = $id";
        command.Parameters.AddWithValue("$id", id);
        return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
