using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using MySqlConnector;

namespace Skypunch.DatabaseDefaults;

/// <summary>Begins transactions. Every transaction of Skypunch begins here.</summary>
public static class LockingTransaction
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15); // includes the time to connect

    /// <summary>
    /// Begins a transaction at the isolation level READ COMMITTED, at which MySQL locks rows, but not the gaps between them. MySQL keeps
    /// the level in the session, and so for the next user of the pooled connection; so no transaction may have another level. In SQLite the
    /// transaction locks the file for writing from its start. Within <see cref="RollBackAsync"/> it is a part of that transaction.
    /// </summary>
    /// <param name="database">The database of a context.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="TimeoutException">The database does not answer.</exception>
    public static async Task<IDbContextTransaction> BeginLockingAsync(this DatabaseFacade database, CancellationToken cancellationToken)
    {
        if (database.CurrentTransaction is { } whole)
        {
            return new PartOfTransaction(whole);
        }

        // A savepoint around each save would cost two more round trips, and is never used: a transaction that fails is rolled back as a
        // whole.
        database.AutoSavepointsEnabled = false;
        var begun = database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        if (database.GetDbConnection() is SqliteConnection sqlite)
        {
            return new SqliteLockingTransaction(await begun, sqlite);
        }

        if (begun.IsCompleted || database.GetDbConnection() is not MySqlConnection connection)
        {
            return await begun;
        }

        try
        {
            return await begun.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        }
        catch when (!begun.IsCompleted)
        {
            // The driver offers neither a timeout nor a cancellation for this statement. If the connection went back to the pool, a late
            // answer would be taken for the answer to another statement. A connection of a pool that was cleared meanwhile does not go
            // back.
            _ = begun.ContinueWith(static abandoned => abandoned.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            await MySqlConnection.ClearPoolAsync(connection, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Does work in a transaction that is rolled back in any case, with all transactions that the work begins.</summary>
    /// <param name="db">The context.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task RollBackAsync(this DbContext db, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
            await work();
        }
        finally
        {
            db.ChangeTracker.Clear(); // what the context has of it is not in the store
        }
    }
}
