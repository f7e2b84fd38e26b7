using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Stores what has become complete in the history of some targets, in the transaction that changes their rows. An hour whose day is added up
/// already is added to the day.
/// </summary>
internal static class HistoryInserts
{
    /// <summary>A day in milliseconds.</summary>
    private const long DayMs = 24 * OpenHour.Length;

    private static readonly BulkInsert<TargetHour> Hours = Sums(BulkInsert<TargetHour>.Into("target_hours").Key("hour", row => row.Hour), OpenHour.Length);

    private static readonly BulkInsert<TargetDay> Days = Sums(BulkInsert<TargetDay>.Into("target_days").Key("day", row => row.Day), DayMs);

    private static readonly BulkInsert<TargetChunk> Chunks = BulkInsert<TargetChunk>.Into("target_chunks")
        .Key("hour", row => row.Hour)
        .Key("target_id", row => row.TargetId)
        .Key("first_result", row => row.FirstResult)
        .Keep("results", row => row.Results);

    /// <summary>Stores the rows. In MySQL, days are added up while nobody else does that for the same targets.</summary>
    public static async Task RunAsync(SchedulerDb db, ClosedHistory closed, CancellationToken cancellationToken)
    {
        await Chunks.RunAsync(db, closed.Chunks, cancellationToken);
        if (closed.Hours.Count == 0)
        {
            return;
        }

        var progress = await ProgressAsync(db, cancellationToken);
        await Hours.RunAsync(db, closed.Hours, cancellationToken);
        await AddToDaysAsync(db, closed.Hours.Where(hour => progress?.Includes(hour.Hour / 24, hour.TargetId) is true), cancellationToken);
    }

    /// <summary>Adds hours to their days.</summary>
    public static Task AddToDaysAsync(SchedulerDb db, IEnumerable<TargetHour> hours, CancellationToken cancellationToken)
        => Days.RunAsync(db, HistorySums.ToDays(hours), cancellationToken);

    private static async Task<HistoryProgress?> ProgressAsync(SchedulerDb db, CancellationToken cancellationToken)
        => await db.Progress.FromSqlRaw(db.IsSqlite ? "SELECT * FROM history_progress" : "SELECT * FROM history_progress WHERE id = 1 LOCK IN SHARE MODE")
            .AsNoTracking().ToListAsync(cancellationToken) is [var progress] ? progress : null;

    private static BulkInsert<TRow> Sums<TRow>(BulkInsert<TRow> insert, long longest)
        where TRow : HistoryBucket
        => insert
            .Key("target_id", row => row.TargetId)
            .Add("passes", int.MaxValue, row => row.Passes)
            .Add("fails", int.MaxValue, row => row.Fails)
            .Add("missed", int.MaxValue, row => row.Missed)
            .Add("covered_ms", longest, row => row.CoveredMs)
            .Add("failing_ms", longest, row => row.FailingMs)
            .Append("latency", row => row.Latency)
            .Append("reasons", row => row.Reasons)
            .Append("phases", row => row.Phases);
}
