using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// How rows are locked. MySQL: row by row, and whoever does not want to wait skips. SQLite: there is one process, and a transaction that begins
/// has the whole file.
/// </summary>
internal static class RowLock
{
    private const string SqliteByIds = "SELECT * FROM targets WHERE id IN (SELECT value FROM json_each({0})) ORDER BY id";

    // In the order of the join the rows are found by their key, one by one; nothing else is locked on the way.
    private const string MySqlByIds =
        """
        SELECT targets.* FROM JSON_TABLE({0}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS r STRAIGHT_JOIN targets ON targets.id = r.id
        ORDER BY targets.id FOR UPDATE OF targets
        """;

    /// <summary>Selects rows that nobody else may take meanwhile; rows that somebody has are left out.</summary>
    public static IQueryable<T> SelectSkippingLocked<T>(this SchedulerDb db, [StringSyntax("sql")] string select, params object[] parameters)
        where T : class
        => db.Set<T>().FromSqlRaw(db.IsSqlite ? select : $"{select} FOR UPDATE SKIP LOCKED", parameters);

    /// <summary>
    /// Selects targets that nobody else may change meanwhile, in the order of their ids, so that two who do this do not wait for each other. The ids are one
    /// parameter: as a part of the text they would make every statement a new one, which EF Core compiles at a multiple of what it costs to run.
    /// </summary>
    public static IQueryable<Target> SelectLockingByIds(this SchedulerDb db, IEnumerable<long> ids)
        => db.Targets.FromSqlRaw(db.IsSqlite ? SqliteByIds : MySqlByIds, JsonSerializer.Serialize(ids));
}
