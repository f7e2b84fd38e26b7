using System.Runtime.CompilerServices;
using Skypunch.Contracts;
using Skypunch.Prober.Pauses;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// Probes without blaming the target for time that this process has lost: a failure that a pause may have caused is no verdict, and the
/// probe is made again at once. A pass stands, and so does a failure that no pause can cause.
/// </summary>
internal sealed class FairProbe(HttpProbe probe, LostTime lostTime, ProberMetrics metrics, TimeProvider clock)
{
    private const int MostTries = 3;

    /// <summary>Runs a probe.</summary>
    /// <param name="job">What to probe.</param>
    /// <param name="traced">Whether the trace is wanted even if the probe passes.</param>
    /// <param name="startBy">The clock's timestamp until which the probe may be made again.</param>
    /// <param name="cancellationToken">The process is stopping.</param>
    /// <returns>The result; null: there is no verdict.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // keeps a passing probe from costing more
    public async ValueTask<ProbeResult?> RunAsync(ProbeJob job, bool traced, long startBy, CancellationToken cancellationToken)
    {
        lostTime.Enter();
        try
        {
            for (var tries = 1; ; tries++)
            {
                var before = lostTime.Now();
                var result = await probe.RunAsync(job, traced, cancellationToken);
                if (!result.IsOfPause && !(result.MayBeOfPause && lostTime.HasLostSince(before)))
                {
                    return result;
                }

                var isRepeated = tries < MostTries && clock.GetTimestamp() < startBy;
                metrics.WithoutVerdict(isRepeated);
                if (!isRepeated)
                {
                    return null;
                }
            }
        }
        finally
        {
            lostTime.Leave();
        }
    }
}
