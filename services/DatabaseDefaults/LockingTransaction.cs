using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Skypunch.DatabaseDefaults;

/// <summary>How every transaction of ours begins.</summary>
public static class LockingTransaction
{
    /// <summary>
    /// Begins a transaction that locks rows, and no gaps between them (READ COMMITTED). MySQL keeps the level in the session for the next one that has it from the
    /// pool, so there is no other. SQLite makes of it a transaction that writes from its start.
    /// </summary>
    /// <param name="database">Of a context.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static Task<IDbContextTransaction> BeginLockingAsync(this DatabaseFacade database, CancellationToken cancellationToken)
    {
        // A savepoint around each save is two journeys more, and nobody goes back to it: what fails is rolled back as a whole.
        database.AutoSavepointsEnabled = false;
        return database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
    }
}
