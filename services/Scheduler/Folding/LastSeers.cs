using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>Who saw a target's last failure. It stands in the failure's trace, so that a probe that passes costs nothing by it.</summary>
internal static class LastSeers
{
    /// <summary>The names of the Probers by the targets' ids.</summary>
    public static async Task<Dictionary<long, string>> SeersOfLastFailureAsync(this SchedulerDb db, IReadOnlyCollection<long> targets, CancellationToken cancellationToken)
    {
        if (targets.Count == 0)
        {
            return [];
        }

        var traces = await db.TargetTraces.AsNoTracking()
            .Where(trace => targets.Contains(trace.TargetId) && trace.Kind == TargetTrace.Failure)
            .Select(trace => new { trace.TargetId, trace.Payload })
            .ToListAsync(cancellationToken);
        return traces.ToDictionary(trace => trace.TargetId, trace => JsonSerializer.Deserialize<Seer>(trace.Payload)?.Prober ?? "");
    }

    // The first of what a TracedProbe has.
    private sealed record Seer(string Prober);
}
