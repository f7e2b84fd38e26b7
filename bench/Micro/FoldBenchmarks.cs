using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;

namespace Skypunch.Bench.Micro;

/// <summary>Folds results into the health of targets: the rule alone, and a batch in SQLite.</summary>
public class FoldBenchmarks
{
    private const int Targets = 1000;

    private static readonly TargetHealth Healthy = new() { Status = TargetStatus.Pass, LastSlot = SampleJobs.Noon, RepeatedPasses = 100 };

    private readonly Random _random = new(1);
    private readonly LivingProbers _living = new(TimeProvider.System);
    private readonly MaintenanceWindows _windows = new(TimeProvider.System, NullLogger<MaintenanceWindows>.Instance);
    private readonly long[] _ids = [.. Enumerable.Range(1, Targets).Select(id => (long)id)];
    private SampleStore _store = null!;
    private DateTimeOffset _slot = SampleJobs.Noon;

    /// <summary>How many results a message has.</summary>
    [Params(10, 100)]
    public int Results { get; set; }

    [GlobalSetup]
    public void MakeStore() => _store = new SampleStore(Targets);

    [GlobalCleanup]
    public void RemoveStore() => _store.Remove();

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
        _random.Shuffle(_ids); // so that two batches hardly ever have the same targets
        ProbeResult[] results = [.. _ids.Take(Results).Select(id => SampleJobs.Pass(id, _slot))];
        await using var db = _store.Open();
        var fold = new ResultFold(db, Options.Create(new SchedulerOptions()), _living, _windows, _store.SetAside(db), TimeProvider.System);
        return (await fold.FoldAsync(new ProbeResults("bench", results), CancellationToken.None)).Changes.Count;
    }
}
