using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// A transaction in SQLite, which may end itself: where a commit fails because the disk is full or broken, SQLite has rolled back already
/// (sqlite.org/lang_transaction.html, 3.3). The driver does not notice that, and rolls back once more; the error of that would hide the
/// cause, by which callers tell that the store is unavailable.
/// </summary>
/// <param name="inner">The transaction.</param>
/// <param name="connection">Its connection.</param>
internal sealed class SqliteLockingTransaction(IDbContextTransaction inner, SqliteConnection connection) : IDbContextTransaction
{
    private bool _isOver;

    public Guid TransactionId => inner.TransactionId;

    public void Commit()
    {
        inner.Commit();
        _isOver = true;
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await inner.CommitAsync(cancellationToken);
        _isOver = true;
    }

    public void Rollback()
    {
        BeginWhatSqliteHasEnded();
        _isOver = true;
        inner.Rollback();
    }

    public Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        BeginWhatSqliteHasEnded();
        _isOver = true;
        return inner.RollbackAsync(cancellationToken);
    }

    public void Dispose()
    {
        BeginWhatSqliteHasEnded();
        inner.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        BeginWhatSqliteHasEnded();
        return inner.DisposeAsync();
    }

    // So the driver has something to roll back. An empty transaction neither takes a lock nor touches the disk.
    private void BeginWhatSqliteHasEnded()
    {
        if (!_isOver && connection.Handle is { IsInvalid: false } handle && raw.sqlite3_get_autocommit(handle) != 0)
        {
            raw.sqlite3_exec(handle, "BEGIN");
        }
    }
}
