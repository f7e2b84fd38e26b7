using BenchmarkDotNet.Attributes;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.Bench.Micro;

/// <summary>The release queue: all jobs of a claim are added together and taken out as they fall due.</summary>
public class ReleaseQueueBenchmarks
{
    private const int Jobs = 500;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly ReleaseQueue _queue = new();
    private readonly ClaimedJob[] _claimed =
        [.. Enumerable.Range(0, Jobs).Select(i => SampleJobs.Claimed(i, SampleJobs.Noon.AddMilliseconds(i * 618 % 1000)))];

    [Benchmark(OperationsPerInvoke = Jobs)]
    public int AddAndTake()
    {
        _queue.Add(_claimed);
        var taken = 0;
        for (var now = SampleJobs.Noon; taken < Jobs; now += Step)
        {
            taken += _queue.TakeDue(now).Count;
        }

        return taken;
    }
}
