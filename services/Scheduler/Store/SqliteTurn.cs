using System.Collections.Concurrent;
using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// A transaction that has SQLite's one place for a writer. Within the process writers queue for it here: SQLite itself, and its provider, have nothing better for who
/// comes second than to sleep on a thread and look again, up to 150 ms later.
/// </summary>
internal sealed class SqliteTurn(IDbContextTransaction transaction, SemaphoreSlim place) : IDbContextTransaction
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Places = new();

    private bool _isOver;

    public Guid TransactionId => transaction.TransactionId;

    /// <summary>Waits for the place in the database's file, and begins.</summary>
    public static async Task<IDbContextTransaction> BeginAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        var place = Places.GetOrAdd(database.GetConnectionString() ?? "", _ => new SemaphoreSlim(1));
        await place.WaitAsync(cancellationToken);
        try
        {
            return new SqliteTurn(await database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken), place);
        }
        catch
        {
            place.Release();
            throw;
        }
    }

    public void Commit() => transaction.Commit();

    public Task CommitAsync(CancellationToken cancellationToken = default) => transaction.CommitAsync(cancellationToken);

    public void Rollback() => transaction.Rollback();

    public Task RollbackAsync(CancellationToken cancellationToken = default) => transaction.RollbackAsync(cancellationToken);

    public void Dispose()
    {
        transaction.Dispose();
        Leave();
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        Leave();
    }

    private void Leave()
    {
        if (!_isOver)
        {
            _isOver = true;
            place.Release();
        }
    }
}
