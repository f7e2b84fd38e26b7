using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;

namespace Skypunch.Bench.History;

/// <summary>A store with the history of many targets as a Scheduler would have written it.</summary>
internal abstract class HistoryStore : IAsyncDisposable
{
    private const int HoursOfHistory = 35 * 24;
    private const int HoursOfResults = 24;
    private const int DaysBetweenIncidents = 14;
    private const string Numbers = "bench_numbers";

    private static readonly TimeSpan SampleTime = TimeSpan.FromHours(2.5);

    /// <summary>Opens the store.</summary>
    public abstract SchedulerDb Open();

    /// <summary>Removes the store.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Whether there is something in the store already.</summary>
    public abstract Task<bool> IsFilledAsync();

    /// <summary>Fills the store, and reports how many bytes each table takes.</summary>
    /// <param name="targets">How many targets.</param>
    /// <param name="days">How many days.</param>
    /// <param name="frequency">The seconds between two probes, of which an hour has a whole number.</param>
    /// <param name="now">The end of the history.</param>
    public async Task<IReadOnlyList<(string Table, long Bytes)>> FillAsync(int targets, int days, int frequency, DateTimeOffset now)
    {
        await using var db = Open();
        await db.Database.MigrateAsync();
        await db.Database.OpenConnectionAsync();
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await PrepareAsync(db, targets);
        await DoAsync(db, $"CREATE TABLE {Numbers} (value BIGINT PRIMARY KEY)");
        await DoAsync(db, $"INSERT INTO {Numbers} WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {targets}) SELECT value FROM n");

        var (column, hour, chunks) = Sample(now, TimeSpan.FromSeconds(frequency));
        var thisHour = (int)OpenHour.Of(now.ToUnixTimeMilliseconds());
        var today = thisHour / 24;
        var sizes = new List<(string, long)>();
        await StepAsync("targets", [$"INSERT INTO targets (name, url, frequency, status, history) SELECT {Name}, 'http://127.0.0.1/', {frequency}, 'PASS', {Hex(column)} FROM {Numbers} ORDER BY value"]);
        await StepAsync("target_days", Between(today - days, today).Select(day => Bucket("target_days", "day", day, hour, 24)));
        await StepAsync("target_hours", Between(thisHour - Math.Min(HoursOfHistory, days * 24), thisHour).Select(number => Bucket("target_hours", "hour", number, hour, 1)));
        await StepAsync(
            "target_chunks",
            Between(thisHour - HoursOfResults, thisHour).SelectMany(number => chunks.Select(
                chunk => $"INSERT INTO target_chunks (hour, target_id, first_result, results) SELECT {number}, value, {chunk.FirstResult}, {Hex(chunk.Results)} FROM {Numbers} ORDER BY value")));
        await StepAsync("incidents", Between(0, days / DaysBetweenIncidents).Select(number => Incidents((today - days + (number * DaysBetweenIncidents)) * 86400L)));
        await DoAsync(db, $"UPDATE history_progress SET day = {today}");
        await DoAsync(db, $"DROP TABLE {Numbers}");
        return sizes;

        async Task StepAsync(string table, IEnumerable<string> statements)
        {
            var before = await SizeAsync(db, table);
            foreach (var statement in statements)
            {
                await DoAsync(db, statement);
            }

            sizes.Add((table, await SizeAsync(db, table) - before));
        }
    }

    /// <summary>Executes SQL of the bench.</summary>
    protected static Task DoAsync(SchedulerDb db, string sql) => db.Database.ExecuteSqlRawAsync(sql);

    /// <summary>Sets up the connection.</summary>
    protected abstract Task PrepareAsync(SchedulerDb db, int targets);

    /// <summary>How many bytes are stored now: of the table, or of all tables.</summary>
    protected abstract Task<long> SizeAsync(SchedulerDb db, string table);

    /// <summary>An expression of SQL for an instant.</summary>
    /// <param name="seconds">An expression for seconds since 1970 began.</param>
    protected abstract string Instant(string seconds);

    /// <summary>An expression of SQL for a target's name.</summary>
    protected abstract string Name { get; }

    private static IEnumerable<int> Between(int from, int to) => Enumerable.Range(from, to - from);

    private static string Bucket(string table, string time, int at, TargetHour hour, int hours)
        => $"INSERT INTO {table} ({time}, target_id, passes, fails, missed, covered_ms, failing_ms, latency, reasons, phases) "
            + $"SELECT {at}, value, {hour.Passes * hours}, 0, 0, {OpenHour.Length * hours}, 0, {Hex(hour.Latency!)}, NULL, {Hex(hour.Phases!)} FROM {Numbers} ORDER BY value";

    // Each target is down for ten minutes, at a time of the day of its own.
    private string Incidents(long day)
    {
        string At(int seconds) => Instant($"{day + seconds} + value % 86400");
        return "INSERT INTO incidents (target_id, name, began_at, detected_at, ended_at, reason, last_reason, description) "
            + $"SELECT value, {Name}, {At(0)}, {At(60)}, {At(600)}, 'connect_timeout', 'connect_timeout', 'connect timeout after 10 s' FROM {Numbers} ORDER BY value";
    }

    private static string Hex(byte[] bytes) => $"x'{Convert.ToHexString(bytes)}'";

    // A whole hour of a target that passes, and the time since.
    private static (byte[] Column, TargetHour Hour, List<TargetChunk> Chunks) Sample(DateTimeOffset now, TimeSpan frequency)
    {
        var (random, closed) = (new Random(1), new ClosedHistory());
        byte[]? column = null;
        var slots = (int)(SampleTime / frequency);
        for (var number = 0; number < slots; number++)
        {
            var slot = now - ((slots - number) * frequency);
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
                    Slot = slot,
                    StartedAt = slot,
                    Result = result,
                    IsJudged = true,
                    Frequency = frequency,
                    PassesBefore = number,
                    FailsBefore = 0,
                    Missed = 0,
                    StatusBefore = TargetStatus.Pass,
                    StatusAfter = TargetStatus.Pass,
                },
                closed);
        }

        return (column!, closed.Hours[^1], closed.Chunks.FindAll(chunk => chunk.Hour == closed.Hours[^1].Hour));
    }
}
