using Skypunch.Bench.Micro;
using Skypunch.Contracts;
using Skypunch.Scheduler.Scheduling;

namespace Skypunch.Bench.Simulation;

/// <summary>How much memory a claimed job of a plain target takes while it waits.</summary>
internal static class JobMemory
{
    private const int Jobs = 1000;
    private const int PlaceInQueue = 16;

    /// <summary>
    /// Measures some jobs. Their texts are separate strings, as those read from a database are. The result is rounded to hundreds of bytes,
    /// as compilers differ.
    /// </summary>
    public static double BytesOfOne()
    {
        var jobs = new ClaimedJob[Jobs];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Jobs; i++)
        {
            jobs[i] = new ClaimedJob(Job(i), SampleJobs.Noon, TimeSpan.FromSeconds(15));
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(jobs);
        return Math.Round((PlaceInQueue + ((double)bytes / Jobs)) / 100) * 100;
    }

    private static ProbeJob Job(int id) => new()
    {
        TargetId = id,
        Name = $"shop of the customer {id:d8}",
        Slot = SampleJobs.Noon,
        Url = $"https://shop-{id:d8}.customers.example.com/health",
        Method = new string("GET"),
        Authn = new string("NONE"),
        PassResult = new string("200"),
        Timeout = TimeSpan.FromSeconds(10),
        Patience = TimeSpan.FromSeconds(15),
    };
}
