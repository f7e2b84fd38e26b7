using BenchmarkDotNet.Attributes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Bench.Micro;

/// <summary>A result's way into the store: the rule alone, and a batch in SQLite.</summary>
public class FoldBenchmarks
{
    private const int Targets = 1000;

    private static readonly TargetHealth Healthy = new() { Status = TargetStatus.Pass, LastSlot = SampleJobs.Noon, RepeatedPasses = 100 };

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-micro-").FullName;
    private DbContextOptions<SqliteSchedulerDb> _options = null!;
    private DateTimeOffset _slot = SampleJobs.Noon;
    private readonly Random _random = new(1);
    private readonly LivingProbers _living = new(TimeProvider.System);
    private readonly long[] _ids = [.. Enumerable.Range(1, Targets).Select(id => (long)id)];

    /// <summary>How many results travel together.</summary>
    [Params(10, 100)]
    public int Results { get; set; }

    [GlobalSetup]
    public void MakeStore()
    {
        _options = (DbContextOptions<SqliteSchedulerDb>)new DbContextOptionsBuilder<SqliteSchedulerDb>()
            .UseSkypunchSqlite($"Data Source={Path.Combine(_folder, $"scheduler-{Results}.db")}", SchedulerExtensions.Owner).Options;
        using var db = new SqliteSchedulerDb(_options);
        db.Database.Migrate();
        db.Targets.AddRange(Enumerable.Range(1, Targets).Select(i => new Target { Name = $"bench-{i}", Url = "http://127.0.0.1/" }));
        db.SaveChanges();
    }

    private static readonly BadRows BadRows = new(TimeProvider.System, NullLogger<BadRows>.Instance);

    [GlobalCleanup]
    public void RemoveStore()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public object Apply()
    {
        (TargetHealth, StatusEdge?)? last = null;
        for (var i = 0; i < Results; i++)
        {
            last = Healthy.Apply(new Verdict(SampleJobs.Noon.AddSeconds(1), SampleJobs.Noon.AddSeconds(1), true, 200), new Thresholds(1, 1));
        }

        return last!;
    }

    [Benchmark]
    public async Task<int> FoldIntoSqlite()
    {
        _slot += TimeSpan.FromSeconds(1);
        _random.Shuffle(_ids); // hardly two batches have the same targets
        ProbeResult[] results = [.. _ids.Take(Results).Select(id => SampleJobs.Pass(id, _slot))];
        await using var db = new SqliteSchedulerDb(_options);
        var fold = new ResultFold(db, Options.Create(new SchedulerOptions()), _living, new SetAside(db, BadRows, TimeProvider.System), TimeProvider.System);
        return (await fold.FoldAsync(new ProbeResults("bench", results), CancellationToken.None)).Changes.Count;
    }
}
