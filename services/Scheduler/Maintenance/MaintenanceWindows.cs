using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Maintenance;

/// <summary>
/// The enabled maintenance windows, in memory. Who needs them brings the store: they are read anew where they are older than two seconds,
/// and so only where somebody asks. A window that another Scheduler has changed acts here two seconds later at the latest.
/// </summary>
internal sealed partial class MaintenanceWindows(TimeProvider clock, ILogger<MaintenanceWindows> logger)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1); // results may come late

    private volatile Reading? _last;

    /// <summary>The windows, as they are now or were at most two seconds ago.</summary>
    public async ValueTask<WindowSet> GetAsync(SchedulerDb db, CancellationToken cancellationToken)
    {
        var (begun, last) = (clock.GetTimestamp(), _last);
        if (last is not null && clock.GetElapsedTime(last.At, begun) < Freshness)
        {
            return last.Windows;
        }

        var windows = await ReadAsync(db, cancellationToken);
        _last = new Reading(begun, windows);
        return windows;
    }

    /// <summary>Has the windows read anew when they are asked for next. To be called after a change.</summary>
    public void Forget() => _last = null;

    // A row that a hand has spoilt may cost no alert: then somebody is told too much.
    private async Task<WindowSet> ReadAsync(SchedulerDb db, CancellationToken cancellationToken)
    {
        var known = new List<KnownWindow>();
        try
        {
            var oldest = clock.GetUtcNow() - Kept;
            var rows = await db.MaintenanceWindows.AsNoTracking().Where(window => window.Enabled && (window.EndAt == null || window.EndAt > oldest))
                .OrderBy(window => window.Id).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                if (WindowRow.Read(row, out var faults) is { } window)
                {
                    known.Add(window);
                }
                else
                {
                    LogUnusable(row.Id, string.Join("; ", faults));
                }
            }
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            LogUnreadable(e.GetBaseException().Message);
        }

        return new WindowSet(known);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The maintenance window {WindowId} covers nothing, as its row cannot be used: {Fault}")]
    private partial void LogUnusable(long windowId, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The maintenance windows cannot be read, and cover nothing until that is mended: {Fault}")]
    private partial void LogUnreadable(string fault);

    private sealed record Reading(long At, WindowSet Windows);
}
