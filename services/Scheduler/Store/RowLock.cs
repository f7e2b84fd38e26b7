using System.Data;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// How rows are locked. MySQL: row by row, and whoever does not want to wait skips. SQLite: there is one process, and a transaction that begins
/// has the whole file.
/// </summary>
internal static class RowLock
{
    /// <summary>Begins a transaction that locks rows, and no gaps between them (READ COMMITTED); in SQLite one that writes from its start.</summary>
    public static Task<IDbContextTransaction> BeginLockingAsync(this DatabaseFacade database, CancellationToken cancellationToken)
        => database.BeginTransactionAsync(database.IsSqlite() ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted, cancellationToken);

    /// <summary>Selects rows that nobody else may take meanwhile; rows that somebody has are left out.</summary>
    public static IQueryable<T> SelectSkippingLocked<T>(this SchedulerDb db, [StringSyntax("sql")] string select, params object[] parameters)
        where T : class
        => Select<T>(db, select, "FOR UPDATE SKIP LOCKED", parameters);

    /// <summary>Selects rows that nobody else may change meanwhile; rows that somebody has are waited for.</summary>
    public static IQueryable<T> SelectLocking<T>(this SchedulerDb db, [StringSyntax("sql")] string select, params object[] parameters)
        where T : class
        => Select<T>(db, select, "FOR UPDATE", parameters);

    private static IQueryable<T> Select<T>(SchedulerDb db, string select, string mySqlLock, object[] parameters)
        where T : class
    {
        var sql = db.Database.IsSqlite() ? select : $"{select} {mySqlLock}";
        return db.Set<T>().FromSqlRaw(sql, parameters);
    }
}
