using System.Data.Common;
using Skypunch.Scheduler.History;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.Faults.Ground;

/// <summary>Reads the history of targets from the store.</summary>
internal static class HistoryReading
{
    // The targets are probed every second; the next slot after a result is one second later, give or take a move of the schedule.
    private const long LongestStep = 1500;

    /// <summary>Reads the history of each target.</summary>
    public static async Task<Dictionary<long, HistoryAccount>> ReadAsync(RunningSystem system, string ids)
    {
        var hours = (await system.AskAsync(
            $"SELECT target_id, hour, passes, fails, missed, covered_ms, failing_ms FROM target_hours WHERE target_id IN ({ids})", Hour)).ToLookup(hour => hour.TargetId);
        var chunks = (await system.AskAsync(
            $"SELECT target_id, hour, first_result, results FROM target_chunks WHERE target_id IN ({ids})", Chunk)).ToLookup(chunk => chunk.TargetId);
        var incidents = (await system.AskAsync(
            $"SELECT target_id, opened_by, closed_by, ended_at >= began_at FROM incidents WHERE target_id IN ({ids}) ORDER BY id",
            row => (TargetId: row.GetInt64(0), Incident: new IncidentAccount(ChangeId(row, 1), ChangeId(row, 2), !row.IsDBNull(3) && row.GetInt64(3) == 1))))
            .ToLookup(row => row.TargetId, row => row.Incident);
        var targets = await system.AskAsync(
            $"SELECT id, history, next_probe_at FROM targets WHERE id IN ({ids})",
            row => (Id: row.GetInt64(0), History: row.IsDBNull(1) ? null : (byte[])row.GetValue(1), Next: Instants.Of(row, 2)));
        return targets.ToDictionary(
            target => target.Id,
            target => Account(hours[target.Id], chunks[target.Id], HistoryView.Of(target.Id, target.History), target.Next, [.. incidents[target.Id]]));
    }

    /// <summary>The id of a change, written the same whatever the database.</summary>
    public static string ChangeId(DbDataReader row, int column) => row.IsDBNull(column) ? "" : $"{row.GetValue(column)}".ToUpperInvariant();

    private static HistoryAccount Account(
        IEnumerable<TargetHour> closed,
        IEnumerable<TargetChunk> chunks,
        HistoryView? view,
        DateTimeOffset next,
        IReadOnlyList<IncidentAccount> incidents)
    {
        List<TargetHour> hours = view is null ? [.. closed] : [.. closed, view.Open];
        var results = KeptResults.Of(chunks, view);
        return new HistoryAccount
        {
            Passes = hours.Sum(hour => (long)hour.Passes),
            Fails = hours.Sum(hour => (long)hour.Fails),
            Missed = hours.Sum(hour => (long)hour.Missed),
            IsBehind = next.ToUnixTimeMilliseconds() > (view?.Last ?? 0) + LongestStep,
            KeptPasses = results.Count(placed => placed.Result.Passed),
            KeptFails = results.Count(placed => !placed.Result.Passed),
            ImpossibleHours = hours.Count(hour => hour.CoveredMs > OpenHour.Length || hour.FailingMs > hour.CoveredMs),
            Incidents = incidents,
        };
    }

    private static TargetHour Hour(DbDataReader row) => new()
    {
        TargetId = row.GetInt64(0),
        Hour = row.GetInt32(1),
        Passes = row.GetInt32(2),
        Fails = row.GetInt32(3),
        Missed = row.GetInt32(4),
        CoveredMs = row.GetInt32(5),
        FailingMs = row.GetInt32(6),
    };

    private static TargetChunk Chunk(DbDataReader row) => new()
    {
        TargetId = row.GetInt64(0),
        Hour = row.GetInt32(1),
        FirstResult = row.GetInt32(2),
        Results = (byte[])row.GetValue(3),
    };
}
