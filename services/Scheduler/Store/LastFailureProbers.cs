using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Which Prober saw a target's last failure. The name is read from the failure's trace, so it needs no column that each pass would have to
/// write.
/// </summary>
internal static class LastFailureProbers
{
    /// <summary>The names of the Probers by the targets' ids.</summary>
    public static async Task<Dictionary<long, string>> ProbersOfLastFailureAsync(this SchedulerDb db, IReadOnlyCollection<long> targets, CancellationToken cancellationToken)
    {
        if (targets.Count == 0)
        {
            return [];
        }

        var traces = await db.TargetTraces.AsNoTracking()
            .Where(trace => targets.Contains(trace.TargetId) && trace.Kind == TargetTrace.Failure)
            .Select(trace => new { trace.TargetId, trace.Payload })
            .ToListAsync(cancellationToken);
        return traces.ToDictionary(trace => trace.TargetId, trace => JsonSerializer.Deserialize<ProberOnly>(trace.Payload)?.Prober ?? "");
    }

    // A TracedProbe without its result.
    private sealed record ProberOnly(string Prober);
}
