using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Queries that lock rows. MySQL locks row by row, and can skip rows that are locked. SQLite is used by one process only, where a
/// transaction locks the whole file when it begins.
/// </summary>
internal static class RowLock
{
    private const string SqliteByIds = "SELECT * FROM targets WHERE id IN (SELECT value FROM json_each({0})) ORDER BY id";

    // STRAIGHT_JOIN makes MySQL find the rows by their key, one by one, so that it locks no other rows.
    private const string MySqlByIds =
        """
        SELECT targets.* FROM JSON_TABLE({0}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS r STRAIGHT_JOIN targets ON targets.id = r.id
        ORDER BY targets.id FOR UPDATE OF targets
        """;

    /// <summary>Selects rows and locks them. Rows that another transaction has locked are left out.</summary>
    public static IQueryable<T> SelectSkippingLocked<T>(this SchedulerDb db, [StringSyntax("sql")] string select, params object[] parameters)
        where T : class
        => db.Set<T>().FromSqlRaw(db.IsSqlite ? select : $"{select} FOR UPDATE SKIP LOCKED", parameters);

    /// <summary>
    /// Selects targets and locks them, in the order of their ids, so that two transactions that do this cannot deadlock. The ids are one
    /// parameter: as part of the SQL text they would make every statement a new one, and EF Core takes several times longer to compile a
    /// statement than to run it.
    /// </summary>
    public static IQueryable<Target> SelectLockingByIds(this SchedulerDb db, IEnumerable<long> ids)
        => db.Targets.FromSqlRaw(db.IsSqlite ? SqliteByIds : MySqlByIds, JsonSerializer.Serialize(ids));
}
