using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Reports;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.UnitTests.DatabaseDefaults;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>The Scheduler's tables in a temporary SQLite file, and a clock that the test moves.</summary>
internal sealed class SchedulerStore : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The tables with nothing in them.</summary>
    public static readonly EmptyStore Empty = new(Open);

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-scheduler-").FullName;
    private readonly SqliteSchedulerDb _kept; // SQLite writes its log back and deletes it whenever the last connection is closed, which waits for the disk

    public SchedulerStore()
    {
        Empty.CopyTo(Path);
        _kept = Open();
        _kept.Database.OpenConnection();
    }

    public string Path => System.IO.Path.Combine(_folder, "scheduler.db");

    /// <summary>The content of all files of the store, including its write-ahead log.</summary>
    public string TextOfFiles() => TextOfFiles(_folder);

    /// <summary>The content of all files of a folder.</summary>
    public static string TextOfFiles(string folder) => string.Concat(Directory.GetFiles(folder).Select(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }));

    public FakeTimeProvider Clock { get; } = new(Noon);

    public SealedColumns SealedColumns => field ??= new SealedColumns(Secrets);

    public BadRows BadRows => field ??= new BadRows(Clock, LoggerFactory.Create(log => log.AddProvider(Log)).CreateLogger<BadRows>());

    /// <summary>The maintenance windows as one Scheduler remembers them.</summary>
    public MaintenanceWindows Windows => field ??= new MaintenanceWindows(Clock, NullLogger<MaintenanceWindows>.Instance);

    public LinesOfLog Log { get; } = new();

    public SecretBox Secrets { get; } = new(new byte[SecretKeys.Bytes]);

    public SqliteSchedulerDb Open() => Open(Path);

    public async Task<long> AddAsync(Target target)
    {
        await using var db = Open();
        db.Targets.Add(target);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return target.Id;
    }

    public Task<long> AddAsync(string name, int frequency = 1, int timeout = 1, string? authnParms = null)
        => AddAsync(new Target { Name = name, Url = "http://127.0.0.1/", Frequency = frequency, Timeout = timeout, AuthnParms = authnParms });

    public DueTargets Due(SchedulerDb db) => new(db, Secrets, SealedColumns, new SetAside(db, BadRows, Options.Create(new SchedulerOptions()), Clock));

    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync() => (await ClaimSomeAsync(limit: 500)).Jobs;

    /// <returns>The claimed jobs, and whether there may be more due targets.</returns>
    public async Task<(IReadOnlyList<ClaimedJob> Jobs, bool More)> ClaimSomeAsync(int limit)
    {
        await using var db = Open();
        var now = Clock.GetUtcNow();
        var (jobs, _, more) = await Due(db).ClaimAsync(now, now + TimeSpan.FromSeconds(1), limit, TestContext.Current.CancellationToken);
        return (jobs, more);
    }

    public async Task<List<TargetTrace>> TracesAsync()
    {
        await using var db = Open();
        return await db.TargetTraces.AsNoTracking().OrderBy(t => t.TargetId).ThenBy(t => t.Kind).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task<bool> FoldAsync(params ProbeResult[] results)
        => (await FoldByAsync("prober-1", results)).Changes.Any(change => change.StoredAt is null);

    public async Task<Folded> FoldByAsync(string prober, params ProbeResult[] results)
    {
        await using var db = Open();
        return await FoldAsync(db, new ProbeResults(prober, results));
    }

    public Task<Folded> FoldAsync(SchedulerDb db, ProbeResults batch, MaintenanceWindows? windows = null)
        => new ResultFold(db, Options.Create(new SchedulerOptions()), new LivingProbers(Clock), windows ?? Windows, new SetAside(db, BadRows, Options.Create(new SchedulerOptions()), Clock), Clock)
            .FoldAsync(batch, TestContext.Current.CancellationToken);

    public async Task<int> MendStrayInstantsAsync()
    {
        await using var db = Open();
        var stray = new StrayInstants(db, Options.Create(new SchedulerOptions()), Clock);
        var found = await stray.FindAsync(TestContext.Current.CancellationToken);
        await stray.MendAsync(found, TestContext.Current.CancellationToken);
        return found.Count;
    }

    /// <summary>Lets every column of targets take NULL, as in a store whose tables an operator has created again by hand.</summary>
    public async Task AllowNullsAsync()
    {
        await using var db = Open();
        await db.Database.ExecuteSqlRawAsync(
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'targets'; PRAGMA writable_schema = RESET;",
            TestContext.Current.CancellationToken);
    }

    public async Task<Skypunch.Admin.V1.GetSystemStatusResponse> ReportAsync(SchedulerDb db)
        => await new SystemReport(db, new SchedulerStart(Clock), Clock).WriteAsync(TestContext.Current.CancellationToken);

    public async Task<Target> ReadAsync(long id)
    {
        await using var db = Open();
        return await db.Targets.AsNoTracking().SingleAsync(t => t.Id == id, TestContext.Current.CancellationToken);
    }

    public static ProbeResult Result(ProbeJob job, int? status = 200, string reason = ProbeReasons.Ok) => new()
    {
        TargetId = job.TargetId,
        Slot = job.Slot,
        Revision = job.Revision,
        StartedAt = job.Slot,
        Duration = TimeSpan.FromMilliseconds(3),
        Reason = reason,
        Description = reason == ProbeReasons.Ok ? "OK" : $"target status:{status} != 200",
        StatusCode = status,
    };

    public void Dispose()
    {
        _kept.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static SqliteSchedulerDb Open(string file) => new((DbContextOptions<SqliteSchedulerDb>)new DbContextOptionsBuilder<SqliteSchedulerDb>()
        .UseSkypunchSqlite($"Data Source={file};Pooling=False", SchedulerDb.Name).Options);
}
