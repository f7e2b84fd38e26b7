using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.History;

/// <summary>
/// Deletes history that is too old to be kept, in small steps: the oldest rows first, which lie side by side. Ends the incidents of targets
/// that were deleted in SQL.
/// </summary>
internal sealed class OldHistory(SchedulerDb db, IOptions<SchedulerOptions> options, TimeProvider clock)
{
    /// <summary>Where there are more targets, results are kept for a day only, unless the settings say otherwise.</summary>
    public const int ManyTargets = 10_000;

    // In SQLite a claim waits meanwhile: some 5 ms.
    private const int RowsInSqlite = 500;
    private const int RowsInMySql = 5000;

    private static readonly TimeSpan ResultsOfFew = TimeSpan.FromDays(7);
    private static readonly TimeSpan ResultsOfMany = TimeSpan.FromDays(1);

    /// <summary>Deletes some rows.</summary>
    /// <returns>Whether there may be more to delete.</returns>
    public async Task<bool> DeleteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var results = options.Value.ResultRetention
            ?? (await db.Targets.OrderBy(target => target.Id).Skip(ManyTargets).AnyAsync(cancellationToken) ? ResultsOfMany : ResultsOfFew);
        var more = await DeleteAsync("target_chunks", "hour, target_id, first_result", "hour", HourOf(now - results), cancellationToken);
        more |= await DeleteAsync("target_hours", "hour, target_id", "hour", HourOf(now - options.Value.HourRetention), cancellationToken);
        more |= await DeleteAsync("target_days", "day, target_id", "day", HourOf(now - options.Value.DayRetention) / 24, cancellationToken);
        return more | await DeleteIncidentsAsync(now - options.Value.DayRetention, cancellationToken);
    }

    /// <summary>Ends some open incidents whose target is gone: nobody else would, and what is open never becomes too old.</summary>
    /// <returns>Whether there may be more of them.</returns>
    public async Task<bool> EndOrphansAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ids = await db.Incidents.Where(incident => incident.EndedAt == null && !db.Targets.Any(target => target.Id == incident.TargetId))
            .OrderBy(incident => incident.Id).Select(incident => incident.Id).Take(RowsInSqlite).ToListAsync(cancellationToken);
        return ids.Count > 0 && await db.Incidents.Where(incident => ids.Contains(incident.Id) && incident.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(incident => incident.EndedAt, incident => incident.BeganAt > now ? incident.BeganAt : now), cancellationToken) == RowsInSqlite;
    }

    private static int HourOf(DateTimeOffset at) => (int)OpenHour.Of(at.ToUnixTimeMilliseconds());

    private async Task<bool> DeleteAsync(string table, string key, string time, int oldest, CancellationToken cancellationToken)
    {
        var sql = db.IsSqlite
            ? $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {time} < {{0}} ORDER BY {key} LIMIT {RowsInSqlite})"
            : $"DELETE FROM {table} WHERE {time} < {{0}} ORDER BY {key} LIMIT {RowsInMySql}";
        return await db.Database.ExecuteSqlRawAsync(sql, [oldest], cancellationToken) == (db.IsSqlite ? RowsInSqlite : RowsInMySql);
    }

    private async Task<bool> DeleteIncidentsAsync(DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        var ids = await db.Incidents.Where(incident => incident.EndedAt < oldest).OrderBy(incident => incident.EndedAt).Select(incident => incident.Id)
            .Take(RowsInSqlite).ToListAsync(cancellationToken);
        return ids.Count > 0 && await db.Incidents.Where(incident => ids.Contains(incident.Id)).ExecuteDeleteAsync(cancellationToken) == RowsInSqlite;
    }
}
