using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>The Scheduler's tables in a SQLite file of their own, and a clock that the test moves.</summary>
internal sealed class SchedulerStore : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-scheduler-").FullName;

    public SchedulerStore()
    {
        using var db = Open();
        db.Database.Migrate();
    }

    public string Path => System.IO.Path.Combine(_folder, "scheduler.db");

    /// <summary>All that lies in the store's files, its write-ahead log included.</summary>
    public string TextOfFiles() => string.Concat(Directory.GetFiles(_folder).Select(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }));

    public FakeTimeProvider Clock { get; } = new(Noon);

    public SealedColumns SealedColumns => field ??= new SealedColumns(Secrets);

    public BadRows BadRows => field ??= new BadRows(Clock, LoggerFactory.Create(log => log.AddProvider(Log)).CreateLogger<BadRows>());

    public LinesOfLog Log { get; } = new();

    public SecretBox Secrets { get; } = new(new byte[SecretKeys.Bytes]);

    public SqliteSchedulerDb Open() => new((DbContextOptions<SqliteSchedulerDb>)new DbContextOptionsBuilder<SqliteSchedulerDb>()
        .UseSkypunchSqlite($"Data Source={Path};Pooling=False", SchedulerExtensions.Owner).Options);

    public async Task<long> AddAsync(Target target)
    {
        await using var db = Open();
        db.Targets.Add(target);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return target.Id;
    }

    public Task<long> AddAsync(string name, int frequency = 1, int timeout = 1, string? authnParms = null)
        => AddAsync(new Target { Name = name, Url = "http://127.0.0.1/", Frequency = frequency, Timeout = timeout, AuthnParms = authnParms });

    public DueTargets Due(SchedulerDb db) => new(db, Secrets, SealedColumns, new SetAside(db, BadRows, Clock));

    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int limit = 500)
    {
        await using var db = Open();
        var now = Clock.GetUtcNow();
        var (jobs, _, _) = await Due(db).ClaimAsync(now, now + TimeSpan.FromSeconds(1), limit, TestContext.Current.CancellationToken);
        return jobs;
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

    public Task<Folded> FoldAsync(SchedulerDb db, ProbeResults batch)
        => new ResultFold(db, Options.Create(new SchedulerOptions()), new LivingProbers(Clock), new SetAside(db, BadRows, Clock), Clock)
            .FoldAsync(batch, TestContext.Current.CancellationToken);

    public async Task<int> MendStrayInstantsAsync()
    {
        await using var db = Open();
        var stray = new StrayInstants(db, Options.Create(new SchedulerOptions()), Clock);
        var found = await stray.FindAsync(TestContext.Current.CancellationToken);
        await stray.MendAsync(found, TestContext.Current.CancellationToken);
        return found.Count;
    }

    /// <summary>Has every column of targets take NULL, as a store has it whose tables a hand has made anew.</summary>
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

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
