using BenchmarkDotNet.Attributes;
using Skypunch.Scheduler.Scheduling;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Bench.Micro;

/// <summary>A claim of due targets in SQLite.</summary>
public class ClaimBenchmarks
{
    private const int Targets = 1000;

    // Longer than the frequency and the lease together, so that at each claim all targets are due and none is in flight.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private readonly SecretBox _secrets = new(new byte[SecretKeys.Bytes]);
    private SampleStore _store = null!;
    private SealedColumns _sealedColumns = null!;
    private DateTimeOffset _now = SampleJobs.Noon;

    /// <summary>How many targets one claim takes.</summary>
    [Params(10, 100)]
    public int Claimed { get; set; }

    [GlobalSetup]
    public void MakeStore() => (_store, _sealedColumns) = (new SampleStore(Targets), new SealedColumns(_secrets));

    [GlobalCleanup]
    public void RemoveStore() => _store.Remove();

    [Benchmark]
    public async Task<int> ClaimFromSqlite()
    {
        _now += Step;
        await using var db = _store.Open();
        var claim = new DueTargets(db, _secrets, _sealedColumns, _store.SetAside(db));
        return (await claim.ClaimAsync(_now, _now + TimeSpan.FromSeconds(1), Claimed, CancellationToken.None)).Jobs.Count;
    }
}
