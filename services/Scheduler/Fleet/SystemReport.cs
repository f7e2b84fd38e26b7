using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;
using TargetStatus = Skypunch.Scheduler.Targets.TargetStatus;

namespace Skypunch.Scheduler.Fleet;

/// <summary>How Skypunch as a whole does, by its store.</summary>
internal sealed class SystemReport(SchedulerDb db, SchedulerStart start, TimeProvider clock)
{
    private static readonly TimeSpan Alive = TimeSpan.FromMinutes(1);

    /// <summary>The report.</summary>
    public async Task<GetSystemStatusResponse> WriteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var response = new GetSystemStatusResponse
        {
            Version = SkypunchVersion.Current,
            StartTime = start.At.ToTimestamp(),
            Targets = await CountTargetsAsync(cancellationToken),
            Lag = (await LagAsync(now, cancellationToken)).ToDuration(),
            MissedCount = await db.Targets.SumAsync(t => t.MissedCount, cancellationToken),
            UnannouncedChangeCount = await db.StatusChanges.CountAsync(c => c.StoredAt == null, cancellationToken),
        };
        var probers = await db.Probers.AsNoTracking().Where(p => p.LastSeenAt > now - Alive).OrderBy(p => p.Name).ToListAsync(cancellationToken);
        response.Probers.AddRange(probers.Select(p => new Prober
        {
            Name = p.Name,
            Version = p.Version,
            StartTime = p.StartedAt.ToTimestamp(),
            LastSeenTime = p.LastSeenAt.ToTimestamp(),
            RunningCount = p.Running,
            CompletedCount = p.Completed,
        }));
        return response;
    }

    private async Task<TargetCounts> CountTargetsAsync(CancellationToken cancellationToken)
    {
        var groups = await db.Targets
            .GroupBy(t => new { t.Enabled, t.Status })
            .Select(group => new { group.Key.Enabled, group.Key.Status, Count = group.LongCount() })
            .ToListAsync(cancellationToken);
        long Enabled(TargetStatus status) => groups.Where(g => g.Enabled && g.Status == status).Sum(g => g.Count);
        return new TargetCounts
        {
            NewCount = Enabled(TargetStatus.New),
            PassCount = Enabled(TargetStatus.Pass),
            FailCount = Enabled(TargetStatus.Fail),
            DisabledCount = groups.Where(g => !g.Enabled).Sum(g => g.Count),
        };
    }

    private async Task<TimeSpan> LagAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = await db.Targets
            .Where(t => t.Enabled && (t.InFlightUntil == null || t.InFlightUntil < now))
            .MinAsync(t => t.NextProbeAt, cancellationToken);
        return oldest < now ? now - oldest.Value : TimeSpan.Zero;
    }
}
