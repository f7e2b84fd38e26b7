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

    public void Rollback() => End(inner.Rollback);

    public Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        End(inner.Rollback); // SQLite knows nothing that could be waited for
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        End(inner.Dispose);
        inner.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    // Where SQLite has rolled back itself, the driver is given an empty transaction to roll back, which neither takes a lock nor touches the
    // disk. The driver may have noticed after all, and then leaves it.
    private void End(Action end)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        var handle = connection.Handle is { IsInvalid: false } open && raw.sqlite3_get_autocommit(open) != 0 ? open : null;
        if (handle is not null)
        {
            raw.sqlite3_exec(handle, "BEGIN");
        }

        end();
        if (handle is not null && raw.sqlite3_get_autocommit(handle) == 0)
        {
            raw.sqlite3_exec(handle, "ROLLBACK");
        }
    }
}
