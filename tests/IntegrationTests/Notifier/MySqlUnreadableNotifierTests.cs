using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.Notifier.Notifiers;
using Skypunch.Notifier.Store;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Notifier;

/// <summary>A row of <c>notifiers</c> that cannot be read, as the table or the row was edited by hand in MySQL.</summary>
public sealed class MySqlUnreadableNotifierTests(MySqlServer mySql) : IAsyncLifetime
{
    private NotifierOnMySql _notifier = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _notifier = await NotifierOnMySql.CreateAsync(await mySql.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => _notifier.DisposeAsync();

    [Theory]
    [InlineData("pass_count", "BIGINT UNSIGNED NOT NULL DEFAULT 0", "18446744073709551615")]
    [InlineData("name", "VARCHAR(256) NULL", "NULL")]
    public async Task It_is_listed_with_what_is_wrong_hides_no_other_and_is_well_when_it_is_mended(string column, string type, string value)
    {
        var (bad, good) = (await _notifier.AddNotifierAsync("server=mx"), await _notifier.AddNotifierAsync("server=mx"));
        var before = await ListAsync();
        await ExecuteAsync("CREATE TABLE saved AS SELECT * FROM notifiers");
        await ExecuteAsync($"ALTER TABLE notifiers MODIFY {column} {type}");
        await ExecuteAsync($"UPDATE notifiers SET {column} = {value} WHERE id = {bad}");

        var listed = await ListAsync();
        await ExecuteAsync($"UPDATE notifiers SET {column} = (SELECT {column} FROM saved WHERE saved.id = {bad}) WHERE id = {bad}");

        Assert.Equal([bad, good], listed.Select(notifier => notifier.Id));
        Assert.Equal(before[1], listed[1]);
        Assert.StartsWith($"The column {column} cannot be read: ", listed[0].RowFault, StringComparison.Ordinal);
        Assert.EndsWith(" Mend its row in SQL, or delete the notifier.", listed[0].RowFault, StringComparison.Ordinal);
        Assert.Equal("ops@example.org", listed[0].Address);
        Assert.Equal(before[0], (await ListAsync())[0]);
    }

    private Task<IReadOnlyList<Admin.V1.Notifier>> ListAsync() => _notifier.WithAsync(async (IServiceScopeFactory scopes) =>
    {
        await using var scope = scopes.CreateAsyncScope();
        var admin = ActivatorUtilities.CreateInstance<NotifierAdmin>(scope.ServiceProvider);
        return (IReadOnlyList<Admin.V1.Notifier>)(await admin.ListNotifiers(new ListNotifiersRequest(), new ACall())).Notifiers;
    });

    private Task<int> ExecuteAsync(string sql) => _notifier.WithAsync((NotifierDb db) => db.Database.ExecuteSqlRawAsync(sql, Cancellation));
}
