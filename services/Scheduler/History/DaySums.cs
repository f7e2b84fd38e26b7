using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.History;

/// <summary>
/// Adds up the hours of a day, some targets at a time, and notes how far it is. Any Scheduler may go on at any time: the row of the progress
/// is locked meanwhile, so that no hour is added twice or forgotten (<see cref="HistoryProgress"/>).
/// </summary>
internal sealed class DaySums(SchedulerDb db, TimeProvider clock)
{
    /// <summary>How many targets are added up in one transaction. Its rows keep results from being stored for some milliseconds.</summary>
    private const int TargetsAtOnce = 200;

    // Most hours have ended then. What ends later is added by who stores it.
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromHours(1);

    /// <summary>Adds up some targets of the next day that is over.</summary>
    /// <returns>Whether there may be more to add up.</returns>
    public async Task<bool> AddAsync(CancellationToken cancellationToken)
    {
        var today = (int)((clock.GetUtcNow() - AfterMidnight).ToUnixTimeMilliseconds() / (24 * OpenHour.Length));
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var select = $"SELECT * FROM history_progress WHERE id = 1{(db.IsSqlite ? "" : " FOR UPDATE")}"; // waits for those who store hours: where they are many, the row is hardly ever free
        if (await db.Progress.FromSqlRaw(select).ToListAsync(cancellationToken) is not [var progress] || progress.Day >= today
            || await FirstDayAsync(progress.Day, cancellationToken) is not { } day || day >= today)
        {
            return false;
        }

        var first = day == progress.Day ? progress.NextTargetId : 0;
        var next = await NextTargetAsync(day, first, cancellationToken);
        (progress.Day, progress.NextTargetId) = next is null ? (day + 1, 0) : (day, next.Value + TargetsAtOnce);
        if (next is { } from)
        {
            await HistoryInserts.AddToDaysAsync(db, await HoursAsync(day, from, cancellationToken), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<int?> FirstDayAsync(int from, CancellationToken cancellationToken)
    {
        var hour = await db.TargetHours.Where(hour => hour.Hour >= from * 24).OrderBy(hour => hour.Hour).Select(hour => (int?)hour.Hour).FirstOrDefaultAsync(cancellationToken);
        return hour / 24;
    }

    private async Task<long?> NextTargetAsync(int day, long from, CancellationToken cancellationToken)
    {
        long? next = null;
        for (var hour = day * 24; hour < (day + 1) * 24; hour++)
        {
            var found = await db.TargetHours.Where(row => row.Hour == hour && row.TargetId >= from)
                .OrderBy(row => row.TargetId).Select(row => (long?)row.TargetId).FirstOrDefaultAsync(cancellationToken);
            next = found < (next ?? long.MaxValue) ? found : next;
        }

        return next;
    }

    // Each hour is a range of the key.
    private async Task<List<TargetHour>> HoursAsync(int day, long from, CancellationToken cancellationToken)
    {
        var hours = new List<TargetHour>();
        for (var hour = day * 24; hour < (day + 1) * 24; hour++)
        {
            hours.AddRange(await db.TargetHours.AsNoTracking()
                .Where(row => row.Hour == hour && row.TargetId >= from && row.TargetId < from + TargetsAtOnce).ToListAsync(cancellationToken));
        }

        return hours;
    }
}
