using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.History;

/// <summary>Reads rows of the history of some targets by their keys. Ids and times are one parameter each, so that each query is compiled once.</summary>
internal sealed class HistoryRows(SchedulerDb db)
{
    // Reading a row costs less than half of looking a row up.
    private const int MostApart = 2;

    /// <summary>Whose history it is; a deleted target has none of it.</summary>
    public async Task<Dictionary<long, HistoryTarget>> TargetsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        const string Sqlite = "SELECT * FROM targets WHERE id IN (SELECT value FROM json_each({0}))";
        const string MySql = "SELECT targets.* FROM JSON_TABLE({0}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS r STRAIGHT_JOIN targets ON targets.id = r.id";
        return await db.Targets.FromSqlRaw(db.IsSqlite ? Sqlite : MySql, JsonSerializer.Serialize(ids)).AsNoTracking()
            .Select(target => new HistoryTarget(target.Id, target.Name, target.Frequency, target.Enabled, target.Reason, target.History))
            .ToDictionaryAsync(target => target.Id, cancellationToken);
    }

    /// <summary>The targets after an id, in the order of their ids.</summary>
    public Task<List<long>> IdsAfterAsync(long id, int count, CancellationToken cancellationToken)
        => db.Targets.Where(target => target.Id > id).OrderBy(target => target.Id).Select(target => target.Id).Take(count).ToListAsync(cancellationToken);

    /// <summary>Hours of targets.</summary>
    /// <param name="ids">The targets.</param>
    /// <param name="hours">The hours.</param>
    /// <param name="withPhases">Whether their <see cref="HistoryBucket.Phases"/> are read, too; otherwise they are null.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public Task<List<TargetHour>> HoursAsync(IReadOnlyCollection<long> ids, IReadOnlyCollection<int> hours, bool withPhases, CancellationToken cancellationToken)
        => ReadAsync<TargetHour>("target_hours", "hour", Columns("hour", withPhases), ids, hours, cancellationToken);

    /// <summary>Days of targets.</summary>
    /// <param name="ids">The targets.</param>
    /// <param name="days">The days.</param>
    /// <param name="withPhases">Whether their <see cref="HistoryBucket.Phases"/> are read, too; otherwise they are null.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public Task<List<TargetDay>> DaysAsync(IReadOnlyCollection<long> ids, IReadOnlyCollection<int> days, bool withPhases, CancellationToken cancellationToken)
        => ReadAsync<TargetDay>("target_days", "day", Columns("day", withPhases), ids, days, cancellationToken);

    /// <summary>Results of targets.</summary>
    public Task<List<TargetChunk>> ChunksAsync(IReadOnlyCollection<long> ids, IReadOnlyCollection<int> hours, CancellationToken cancellationToken)
        => ReadAsync<TargetChunk>("target_chunks", "hour", "h.*", ids, hours, cancellationToken);

    /// <summary>Up to which day hours are added up to days: that day itself is not.</summary>
    public async Task<int> SummedUpToAsync(CancellationToken cancellationToken)
        => await db.Progress.AsNoTracking().Select(progress => (int?)progress.Day).SingleOrDefaultAsync(cancellationToken) ?? 0;

    /// <summary>The incidents of targets that were open at some time in a span, the oldest first.</summary>
    public Task<List<IncidentRow>> IncidentsAsync(IReadOnlyCollection<long> ids, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var list = db.IsSqlite ? "(SELECT value FROM json_each({0})) AS r JOIN incidents ON incidents.target_id = r.value"
            : "JSON_TABLE({0}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS r STRAIGHT_JOIN incidents ON incidents.target_id = r.id";
        var sql = $"SELECT incidents.* FROM {list} WHERE began_at < {{2}} AND ended_at IS NULL UNION ALL SELECT incidents.* FROM {list} WHERE began_at < {{2}} AND ended_at > {{1}}";
        object[] parameters = db.IsSqlite ? [JsonSerializer.Serialize(ids), InstantText.Of(from), InstantText.Of(to)] : [JsonSerializer.Serialize(ids), from.UtcDateTime, to.UtcDateTime];
        return db.Incidents.FromSqlRaw(sql, parameters).AsNoTracking().OrderBy(incident => incident.BeganAt).ToListAsync(cancellationToken);
    }

    private static string Columns(string time, bool withPhases)
        => $"h.{time}, h.target_id, h.passes, h.fails, h.missed, h.covered_ms, h.failing_ms, h.latency, h.reasons, {(withPhases ? "h.phases" : "NULL AS phases")}";

    // The rows of a time lie in the order of the targets. Where the targets follow each other closely, as those of a page do, these rows are read
    // in one go, with those of the targets between them; otherwise each is looked up. MySQL would read all rows of the time for that: it uses a
    // span of a key only after parts that it knows before the query runs.
    private async Task<List<TRow>> ReadAsync<TRow>(
        string table,
        string time,
        string columns,
        IReadOnlyCollection<long> ids,
        IReadOnlyCollection<int> times,
        CancellationToken cancellationToken)
        where TRow : class
    {
        if (ids.Count == 0 || times.Count == 0)
        {
            return [];
        }

        var (first, last) = (ids.Min(), ids.Max());
        var isDense = db.IsSqlite && last - first < ids.Count * MostApart;
        var join = db.IsSqlite ? "CROSS JOIN" : "STRAIGHT_JOIN"; // the order is as written
        var which = isDense ? $"{join} {table} AS h ON h.target_id BETWEEN {{1}} AND {{2}}" : $"{join} {List("{1}", "i")} {join} {table} AS h ON h.target_id = i.value";
        var sql = $"SELECT {columns} FROM {List("{0}", "t")} {which} AND h.{time} = t.value";
        object[] parameters = isDense ? [JsonSerializer.Serialize(times), first, last] : [JsonSerializer.Serialize(times), JsonSerializer.Serialize(ids)];
        return await db.Set<TRow>().FromSqlRaw(sql, parameters).AsNoTracking().ToListAsync(cancellationToken);
    }

    private string List(string parameter, string name) => db.IsSqlite ? $"json_each({parameter}) AS {name}" : $"JSON_TABLE({parameter}, '$[*]' COLUMNS (value BIGINT PATH '$')) AS {name}";
}

/// <summary>What the history needs to know of a target's row.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Frequency">The seconds between two slots.</param>
/// <param name="Enabled">Whether it is probed.</param>
/// <param name="Reason">The reason of its last result.</param>
/// <param name="History">The column <c>history</c>.</param>
internal sealed record HistoryTarget(long Id, string Name, int Frequency, bool Enabled, string Reason, byte[]? History)
{
    /// <summary>The milliseconds between two slots; 0: it is not probed.</summary>
    public long Step => Enabled ? Math.Max(1, Frequency) * 1000L : 0;
}
