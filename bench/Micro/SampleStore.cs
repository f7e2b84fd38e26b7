using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Bench.Micro;

/// <summary>The Scheduler's tables in a temporary SQLite file, filled with targets.</summary>
internal sealed class SampleStore
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-micro-").FullName;
    private readonly DbContextOptions<SqliteSchedulerDb> _options;
    private readonly BadRows _badRows = new(TimeProvider.System, NullLogger<BadRows>.Instance);

    public SampleStore(int targets)
    {
        _options = (DbContextOptions<SqliteSchedulerDb>)new DbContextOptionsBuilder<SqliteSchedulerDb>()
            .UseSkypunchSqlite($"Data Source={Path.Combine(_folder, "scheduler.db")}", SchedulerDb.Name).Options;
        using var db = Open();
        db.Database.Migrate();
        db.Targets.AddRange(Enumerable.Range(1, targets).Select(i => new Target { Name = $"bench-{i}", Url = "http://127.0.0.1/" }));
        db.SaveChanges();
    }

    public SqliteSchedulerDb Open() => new(_options);

    public SetAside SetAside(SchedulerDb db) => new(db, _badRows, Options.Create(new SchedulerOptions()), TimeProvider.System);

    /// <summary>Deletes the file.</summary>
    public void Remove()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
