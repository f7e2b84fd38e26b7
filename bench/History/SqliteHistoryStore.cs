using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;

namespace Skypunch.Bench.History;

/// <summary>A history in a SQLite file.</summary>
/// <param name="path">The file; null: a temporary one, which is removed at the end.</param>
internal sealed class SqliteHistoryStore(string? path) : HistoryStore
{
    private readonly string _path = path ?? Path.Combine(Path.GetTempPath(), $"skypunch-history-{Environment.ProcessId}.db");

    protected override string Name => "'bench-' || value";

    public override SchedulerDb Open() => new SqliteSchedulerDb((DbContextOptions<SqliteSchedulerDb>)new DbContextOptionsBuilder<SqliteSchedulerDb>()
        .UseSkypunchSqlite($"Data Source={_path}", SchedulerDb.Name).Options);

    public override Task<bool> IsFilledAsync() => Task.FromResult(File.Exists(_path));

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        if (path is null)
        {
            File.Delete(_path);
        }

        return ValueTask.CompletedTask;
    }

    protected override Task PrepareAsync(SchedulerDb db, int targets) => Task.CompletedTask;

    protected override async Task<long> SizeAsync(SchedulerDb db, string table)
    {
        await DoAsync(db, "PRAGMA wal_checkpoint(TRUNCATE)");
        return new FileInfo(_path).Length;
    }

    protected override string Instant(string seconds) => $"datetime({seconds}, 'unixepoch')";
}
