using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>Reads the incidents of some targets that have not ended.</summary>
internal static class OpenIncidents
{
    private const string Sqlite = "SELECT * FROM incidents WHERE ended_at IS NULL AND target_id IN (SELECT value FROM json_each({0})) ORDER BY id";

    private const string MySql =
        """
        SELECT incidents.* FROM JSON_TABLE({0}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS r
        STRAIGHT_JOIN incidents ON incidents.target_id = r.id AND incidents.ended_at IS NULL ORDER BY incidents.id
        """;

    /// <summary>
    /// The incidents, in the order of their ids. The targets' ids are passed as one parameter; <see cref="RowLock.SelectLockingByIds"/> says why.
    /// </summary>
    public static Task<List<IncidentRow>> OpenIncidentsAsync(this SchedulerDb db, IEnumerable<long> targets, CancellationToken cancellationToken)
        => db.Incidents.FromSqlRaw(db.IsSqlite ? Sqlite : MySql, JsonSerializer.Serialize(targets.Distinct())).AsNoTracking().ToListAsync(cancellationToken);
}
