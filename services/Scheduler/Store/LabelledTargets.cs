using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>The group and the labels of a target, read apart from all else of it.</summary>
/// <param name="Id">The target.</param>
/// <param name="Group">The path of its group; null: it is in none.</param>
/// <param name="Labels">Its labels, by key.</param>
internal sealed record LabelledTarget(long Id, string? Group, List<TargetLabel> Labels);

/// <summary>Reads groups and labels in one statement.</summary>
internal static class LabelledTargets
{
    private const string Sqlite = "SELECT * FROM targets WHERE id IN (SELECT value FROM json_each({0}))";

    private const string MySql = "SELECT targets.* FROM JSON_TABLE({0}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS r STRAIGHT_JOIN targets ON targets.id = r.id";

    /// <summary>
    /// Those of the targets that there are. The ids are passed as one parameter; <see cref="RowLock.SelectLockingByIds"/> says why.
    /// </summary>
    public static async Task<Dictionary<long, LabelledTarget>> ReadLabelsAsync(this SchedulerDb db, IEnumerable<long> ids, CancellationToken cancellationToken)
        => await db.Targets.FromSqlRaw(db.IsSqlite ? Sqlite : MySql, JsonSerializer.Serialize(ids.Distinct())).AsNoTracking()
            .Select(t => new LabelledTarget(t.Id, t.GroupPath, t.Labels.OrderBy(l => l.Name).ToList()))
            .ToDictionaryAsync(t => t.Id, cancellationToken);
}
