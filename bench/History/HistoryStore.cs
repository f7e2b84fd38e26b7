using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;

namespace Skypunch.Bench.History;

/// <summary>A store in a SQLite file with the history of many targets at one probe a minute, as a Scheduler would have written it.</summary>
internal sealed class HistoryStore
{
    private const int HoursOfHistory = 35 * 24;
    private const int HoursOfResults = 24;

    private readonly DbContextOptions<SqliteSchedulerDb> _options;

    public HistoryStore(string path)
    {
        Path = path;
        _options = (DbContextOptions<SqliteSchedulerDb>)new DbContextOptionsBuilder<SqliteSchedulerDb>()
            .UseSkypunchSqlite($"Data Source={path}", SchedulerDb.Name).Options;
    }

    public string Path { get; }

    public SqliteSchedulerDb Open() => new(_options);

    /// <summary>Fills the store, and reports how many bytes each table takes.</summary>
    /// <param name="targets">How many targets.</param>
    /// <param name="days">How many days.</param>
    /// <param name="now">The end of the history.</param>
    public async Task<IReadOnlyList<(string Table, long Bytes)>> FillAsync(int targets, int days, DateTimeOffset now)
    {
        await using var db = Open();
        await db.Database.MigrateAsync();
        db.Database.SetCommandTimeout(TimeSpan.FromHours(2));
        var (column, hour, chunk) = Sample(now);
        var (thisHour, today) = ((int)OpenHour.Of(now.ToUnixTimeMilliseconds()), (int)(OpenHour.Of(now.ToUnixTimeMilliseconds()) / 24));
        var sizes = new List<(string, long)>();
        var before = Size();
        await StepAsync(
            "targets",
            $"INSERT INTO targets (name, url, frequency, status, history) SELECT 'bench-' || value, 'http://127.0.0.1/' || value, 60, 'PASS', {Hex(column)} FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {targets}) SELECT value FROM n)");
        await StepAsync("target_days", Buckets("target_days", "day", today - days, today, targets, hour, 24));
        await StepAsync("target_hours", Buckets("target_hours", "hour", thisHour - Math.Min(HoursOfHistory, days * 24), thisHour, targets, hour, 1));
        await StepAsync(
            "target_chunks",
            $"INSERT INTO target_chunks SELECT t.value, n.value, 0, {Hex(chunk)} FROM {Numbers(thisHour - HoursOfResults, thisHour)} AS t CROSS JOIN {Numbers(1, targets + 1)} AS n");
        await StepAsync(
            "incidents",
            $"INSERT INTO incidents (target_id, name, began_at, detected_at, ended_at, reason, last_reason, description) SELECT n.value, 'bench-' || n.value, datetime({today - days} * 86400 + t.value * 1209600 + n.value % 86400, 'unixepoch'), datetime({today - days} * 86400 + t.value * 1209600 + n.value % 86400 + 60, 'unixepoch'), datetime({today - days} * 86400 + t.value * 1209600 + n.value % 86400 + 600, 'unixepoch'), 'connect_timeout', 'connect_timeout', 'connect timeout after 10 s' FROM {Numbers(0, days / 14)} AS t CROSS JOIN {Numbers(1, targets + 1)} AS n");
        await db.Database.ExecuteSqlAsync($"UPDATE history_progress SET day = {today}");
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return sizes;

        async Task StepAsync(string table, string sql)
        {
            await db.Database.ExecuteSqlRawAsync(sql);
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            sizes.Add((table, Size() - before));
            before = Size();
        }
    }

    public void Remove()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(Path);
    }

    private long Size() => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    private static string Numbers(int from, int to)
        => $"(WITH RECURSIVE n(value) AS (SELECT {from} UNION ALL SELECT value + 1 FROM n WHERE value < {to - 1}) SELECT value FROM n)";

    private static string Buckets(string table, string time, int from, int to, int targets, TargetHour hour, int hours)
        => $"INSERT INTO {table} ({time}, target_id, passes, fails, missed, covered_ms, failing_ms, latency, reasons, phases) SELECT t.value, n.value, {60 * hours}, 0, 0, {OpenHour.Length * hours}, 0, {Hex(hour.Latency!)}, NULL, {Hex(hour.Phases!)} FROM {Numbers(from, to)} AS t CROSS JOIN {Numbers(1, targets + 1)} AS n";

    private static string Hex(byte[] bytes) => $"x'{Convert.ToHexString(bytes)}'";

    // An hour of a target that passes, and half of the next one.
    private static (byte[] Column, TargetHour Hour, byte[] Chunk) Sample(DateTimeOffset now)
    {
        var (random, closed) = (new Random(1), new ClosedHistory());
        byte[]? column = null;
        for (var minute = 0; minute < 150; minute++)
        {
            var slot = now.AddMinutes(minute - 149);
            var result = new ProbeResult
            {
                TargetId = 1,
                Slot = slot,
                StartedAt = slot,
                Duration = TimeSpan.FromMilliseconds(30 * Math.Exp(random.NextDouble())),
                Reason = ProbeReasons.Ok,
                Description = "OK",
                Timings = ProbeTimings.None with { Dns = TimeSpan.FromMilliseconds(1), Connect = TimeSpan.FromMilliseconds(5), Tls = TimeSpan.FromMilliseconds(12), Wait = TimeSpan.FromMilliseconds(14), Transfer = TimeSpan.FromMilliseconds(1) },
            };
            (column, _) = TargetHistory.Apply(
                1,
                column,
                new HistoryInput
                {
                    Slot = slot, StartedAt = slot, Result = result, IsJudged = true, Frequency = TimeSpan.FromMinutes(1), PassesBefore = minute, FailsBefore = 0, Missed = 0,
                    StatusBefore = TargetStatus.Pass, StatusAfter = TargetStatus.Pass,
                },
                closed);
        }

        return (column!, closed.Hours[^1], closed.Chunks[^1].Results);
    }
}
