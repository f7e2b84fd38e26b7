using Grpc.Core;
using Microsoft.Data.Sqlite;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Notifier;

/// <summary>A row of <c>notifiers</c> in which somebody has written by hand, in SQL, what cannot be read. On MySQL: MySqlNotifierTests.</summary>
public sealed class UnreadableNotifierTests : IAsyncLifetime
{
    private NotifierHost _host = null!;

    private NotifierService.NotifierServiceClient Client => _host.Client;

    private static CallOptions WithinTest => new(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync() => _host = await NotifierHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("name", "NULL", "The column name cannot be read: it is NULL. Mend its row in SQL, or delete the notifier.")]
    [InlineData("address", "NULL", "The column address cannot be read: it is NULL. Mend its row in SQL, or delete the notifier.")]
    [InlineData("type", "NULL", "The column type cannot be read: it is NULL. Mend its row in SQL, or delete the notifier.")]
    [InlineData("enabled", "NULL", "The column enabled cannot be read: it is NULL. Mend its row in SQL, or delete the notifier.")]
    [InlineData("fail_count = NULL, pass_count", "NULL", "The column fail_count cannot be read: it is NULL; the column pass_count cannot be read: it is NULL. Mend its row in SQL, or delete the notifier.")]
    public async Task It_is_shown_with_what_is_wrong_hides_no_other_and_is_well_when_it_is_mended(string column, string value, string fault)
    {
        var (bad, good) = (await CreateAsync("bad"), await CreateAsync("good"));
        await ExecuteAsync($"CREATE TABLE saved AS SELECT * FROM notifiers; UPDATE notifiers SET {column} = {value} WHERE id = {bad.Id}");

        var listed = (await Client.ListNotifiersAsync(new ListNotifiersRequest(), WithinTest)).Notifiers;
        var shown = (await Client.GetNotifierAsync(new GetNotifierRequest { Id = bad.Id }, WithinTest)).Notifier;
        var refused = await Assert.ThrowsAsync<RpcException>(() => Client.EnableNotifierAsync(new EnableNotifierRequest { Id = bad.Id }, WithinTest).ResponseAsync);
        await ExecuteAsync($"DELETE FROM notifiers WHERE id = {bad.Id}; INSERT INTO notifiers SELECT * FROM saved WHERE id = {bad.Id}");

        Assert.Equal([shown, good], listed);
        Assert.Equal((bad.Id, fault), (shown.Id, shown.RowFault));
        Assert.Equal((StatusCode.FailedPrecondition, fault), (refused.StatusCode, refused.Status.Detail));
        Assert.Equal([bad, good], (await Client.ListNotifiersAsync(new ListNotifiersRequest(), WithinTest)).Notifiers);
    }

    [Fact]
    public async Task A_text_of_megabytes_is_told_and_not_shown_and_can_be_replaced()
    {
        var notifier = await CreateAsync("ops");
        await ExecuteAsync("UPDATE notifiers SET address = replace(hex(zeroblob(3000000)), '0', 'x')");

        var shown = Assert.Single((await Client.ListNotifiersAsync(new ListNotifiersRequest(), WithinTest)).Notifiers);
        var mended = await Client.UpdateNotifierAsync(new UpdateNotifierRequest { Notifier = new() { Id = notifier.Id, Address = "ops@example.org" } }, WithinTest);

        Assert.Equal(("", "The column address has more than 1000 characters. Mend its row in SQL, or delete the notifier."), (shown.Address, shown.RowFault));
        Assert.Equal(notifier, mended.Notifier);
    }

    [Fact]
    public async Task It_can_be_deleted()
    {
        var (bad, good) = (await CreateAsync("bad"), await CreateAsync("good"));
        await ExecuteAsync($"UPDATE notifiers SET enabled = NULL WHERE id = {bad.Id}");

        var deleted = (await Client.DeleteNotifierAsync(new DeleteNotifierRequest { Id = bad.Id }, WithinTest)).Notifier;

        Assert.Equal("bad", deleted.Name);
        Assert.Equal([good], (await Client.ListNotifiersAsync(new ListNotifiersRequest(), WithinTest)).Notifiers);
    }

    private async Task<Skypunch.Admin.V1.Notifier> CreateAsync(string name)
        => (await Client.CreateNotifierAsync(new CreateNotifierRequest { Notifier = new() { Name = name, Address = "ops@example.org", Params = "server=mx" } }, WithinTest)).Notifier;

    // The columns take NULL, as in a store whose tables were made anew by hand.
    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"{_host.ConnectionString};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own text
        command.CommandText = $"PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'notifiers'; PRAGMA writable_schema = RESET; {sql}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
