using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Announcing;

/// <summary>Which targets have changes that the Notifier has not confirmed as stored.</summary>
internal static class WaitingChanges
{
    private const string Sqlite = "SELECT * FROM status_changes WHERE stored_at IS NULL AND target_id IN (SELECT value FROM json_each({0}))";

    private const string MySql =
        """
        SELECT status_changes.* FROM JSON_TABLE({0}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS r
        STRAIGHT_JOIN status_changes ON status_changes.target_id = r.id AND status_changes.stored_at IS NULL
        """;

    /// <summary>
    /// The ids of those targets that have such changes. The ids are passed as one parameter; <see cref="RowLock.SelectLockingByIds"/> says
    /// why.
    /// </summary>
    public static async Task<HashSet<long>> TargetsThatWaitAsync(this SchedulerDb db, IEnumerable<long> ids, CancellationToken cancellationToken)
        => [.. await db.StatusChanges.FromSqlRaw(db.IsSqlite ? Sqlite : MySql, JsonSerializer.Serialize(ids.Distinct()))
            .Select(change => change.TargetId).ToListAsync(cancellationToken)];
}
