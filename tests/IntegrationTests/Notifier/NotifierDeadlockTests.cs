using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;
using Skypunch.Admin.V1;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Notifiers;
using Skypunch.Notifier.Store;
using Skypunch.TestBed;
using Skypunch.UnitTests.Notifier;
using DeliveryState = Skypunch.Notifier.Model.DeliveryState;

namespace Skypunch.IntegrationTests.Notifier;

/// <summary>MySQL rolls back an operator's change, because the change and a sender waited for each other.</summary>
public sealed class NotifierDeadlockTests(MySqlServer mySql) : IAsyncLifetime
{
    private const int LockedNow = 3572; // ER_LOCK_NOWAIT; the driver has no constant for it

    private NotifierOnMySql _notifier = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _notifier = await NotifierOnMySql.CreateAsync(await mySql.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => _notifier.DisposeAsync();

    [Fact]
    public async Task A_notifier_is_disabled_in_spite_of_a_deadlock_and_its_deliveries_are_cancelled()
    {
        var id = await _notifier.AddNotifierAsync("server=127.0.0.1,port=9,security=none");
        await _notifier.AnnounceAsync(AChange.Failure(1));
        await _notifier.WithAsync((NotifierDb db) => db.Database.ExecuteSqlRawAsync("CREATE TABLE weights (n INT)", Cancellation));

        var answer = await _notifier.WithAsync((NotifierDb other) => AmidDeadlockAsync(other, id, () => _notifier.WithAsync((IServiceScopeFactory scopes) => DisableAsync(scopes, id))));

        Assert.False(answer.Notifier.Enabled);
        var row = await _notifier.WithAsync((NotifierDb db) => db.Notifiers.SingleAsync(n => n.Id == id, Cancellation));
        Assert.Equal((false, 1), (row.Enabled, row.PassCount)); // the concurrent change to the counter is kept
        Assert.Equal(DeliveryState.Cancelled, Assert.Single(await _notifier.DeliveriesAsync()).State);
    }

    // The call writes the notifier first and then its deliveries; this transaction does the reverse. MySQL rolls back the transaction that
    // has written less.
    private async Task<T> AmidDeadlockAsync<T>(NotifierDb other, long id, Func<Task<T>> call)
    {
        await using var transaction = await other.Database.BeginLockingAsync(Cancellation);
        await other.Database.ExecuteSqlRawAsync("INSERT INTO weights (n) VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9)", Cancellation);
        await other.Database.ExecuteSqlRawAsync("UPDATE deliveries SET attempts = attempts + 1", Cancellation);
        var called = call();
        await Eventually.HoldsAsync(() => IsLockedAsync(id), "the call has written the notifier");
        await other.Database.ExecuteSqlRawAsync("UPDATE notifiers SET pass_count = pass_count + 1", Cancellation);
        await transaction.CommitAsync(Cancellation);
        return await called;
    }

    private static async Task<DisableNotifierResponse> DisableAsync(IServiceScopeFactory scopes, long id)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ActivatorUtilities.CreateInstance<NotifierAdmin>(scope.ServiceProvider).DisableNotifier(new DisableNotifierRequest { Id = id }, new ACall());
    }

    private Task<bool> IsLockedAsync(long id) => _notifier.WithAsync(async (NotifierDb db) =>
    {
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT id FROM notifiers WHERE id = {id} FOR UPDATE NOWAIT", Cancellation);
            return false;
        }
        catch (MySqlException e) when (e.Number == LockedNow)
        {
            return true;
        }
    });
}
