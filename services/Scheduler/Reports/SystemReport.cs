using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;
using TargetStatus = Skypunch.Scheduler.Model.TargetStatus;

namespace Skypunch.Scheduler.Reports;

/// <summary>The state of Skypunch as a whole, as its store shows it.</summary>
internal sealed class SystemReport(SchedulerDb db, SchedulerStart start, TimeProvider clock)
{
    private static readonly TimeSpan Alive = TimeSpan.FromMinutes(1);

    /// <summary>Makes the report.</summary>
    public async Task<GetSystemStatusResponse> WriteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var response = new GetSystemStatusResponse
        {
            Version = SkypunchVersion.Current,
            StartTime = start.At.ToTimestamp(),
            Targets = await CountTargetsAsync(cancellationToken),
            Lag = (await LagAsync(now, cancellationToken)).ToDuration(),
            MissedCount = await CountMissedAsync(cancellationToken),
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
            CutOffTime = p.CutOffSince?.ToTimestamp(),
        }));
        return response;
    }

    private async Task<TargetCounts> CountTargetsAsync(CancellationToken cancellationToken)
    {
        // The database counts: a status that was edited by hand in SQL may be unreadable here. Whatever is neither PASS nor FAIL counts as
        // NEW, NULL included.
        var counts = await db.Targets
            .GroupBy(_ => 1)
            .Select(all => new
            {
                All = all.Count(),
                Enabled = all.Count(t => t.Enabled),
                Pass = all.Count(t => t.Enabled && t.Status == TargetStatus.Pass),
                Fail = all.Count(t => t.Enabled && t.Status == TargetStatus.Fail),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return counts is null ? new TargetCounts() : new TargetCounts
        {
            NewCount = counts.Enabled - counts.Pass - counts.Fail,
            PassCount = counts.Pass,
            FailCount = counts.Fail,
            DisabledCount = counts.All - counts.Enabled,
        };
    }

    // As a floating-point number: counters that were set near the end of their range by hand in SQL would overflow the sum.
    private async Task<long> CountMissedAsync(CancellationToken cancellationToken)
        => (long)Math.Min(await db.Targets.SumAsync(t => (double)t.MissedCount, cancellationToken), long.MaxValue / 2);

    private async Task<TimeSpan> LagAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var oldest = await db.Targets
                .Where(t => t.Enabled && t.NextProbeAt > DateTimeOffset.UnixEpoch && (t.InFlightUntil == null || t.InFlightUntil < now))
                .MinAsync(t => t.NextProbeAt, cancellationToken);
            return oldest < now ? now - oldest.Value : TimeSpan.Zero;
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            return TimeSpan.Zero; // some row has an instant that cannot be read; the claim is about to set that row aside
        }
    }
}
