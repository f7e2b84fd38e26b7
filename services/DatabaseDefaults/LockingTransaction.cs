using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using MySqlConnector;

namespace Skypunch.DatabaseDefaults;

/// <summary>How every transaction of ours begins.</summary>
public static class LockingTransaction
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15); // for connecting, too

    /// <summary>
    /// Begins a transaction that locks rows, and no gaps between them (READ COMMITTED). MySQL keeps the level in the session for the next one that has it from the
    /// pool, so there is no other. SQLite makes of it a transaction that writes from its start.
    /// </summary>
    /// <param name="database">Of a context.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="TimeoutException">The database does not answer.</exception>
    public static async Task<IDbContextTransaction> BeginLockingAsync(this DatabaseFacade database, CancellationToken cancellationToken)
    {
        // A savepoint around each save is two journeys more, and nobody goes back to it: what fails is rolled back as a whole.
        database.AutoSavepointsEnabled = false;
        var begun = database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
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
            // The driver has neither a timeout nor a cancellation for this one statement. In the pool its answer, if it ever came, would be taken for another's: of a
            // pool that was cleared no connection comes back.
            _ = begun.ContinueWith(static abandoned => abandoned.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            await MySqlConnection.ClearPoolAsync(connection, CancellationToken.None);
            throw;
        }
    }
}
