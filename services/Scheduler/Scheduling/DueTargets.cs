using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// Claims the targets that are due: takes the rows, books each one's slot and the next, and marks it as being probed, in one transaction. Any number of
/// Schedulers do this side by side; a row that another one has is skipped, and one that cannot be read or written is set aside.
/// </summary>
internal sealed class DueTargets(
    SchedulerDb db,
    SecretBox secrets,
    SealedColumns sealedColumns,
    SetAside setAside,
    WriteAheadLog<SchedulerDb>? log = null)
{
    // By the index on (enabled, next_probe_at). {0} is the horizon, {1} is now.
    private const string IsDue =
        "enabled = 1 AND (next_probe_at IS NULL OR next_probe_at <= {0}) AND (in_flight_until IS NULL OR in_flight_until <= {1})";

    // A new target is probed at once, but a crowd of them would be a burst.
    private const int CrowdOfNew = 100;

    private static readonly BulkUpdate<ClaimedJob> GiveBack = new(
        claimed => claimed.Job.TargetId,
        [("slot", "DATETIME(6)", claimed => claimed.Job.Slot)],
        "next_probe_at = r.slot, in_flight_slot_at = NULL, in_flight_until = NULL",
        "targets.in_flight_slot_at = r.slot");

    /// <summary>When the next target is due, whether it is being probed or not; one that never was is due since 1970. Null: there is none.</summary>
    public async Task<DateTimeOffset?> NextAtAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await db.Targets.FromSqlRaw("SELECT * FROM targets WHERE enabled = 1 ORDER BY next_probe_at LIMIT 1")
                .Select(target => new { target.NextProbeAt }).ToListAsync(cancellationToken) is [var next]
                ? next.NextProbeAt ?? DateTimeOffset.UnixEpoch
                : null;
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            return DateTimeOffset.UnixEpoch; // the claim sets that row aside
        }
    }

    /// <summary>Claims the targets that are due until the horizon and are not being probed.</summary>
    /// <returns>The claimed jobs, how many slots have turned out to be missed, and whether there may be more due targets.</returns>
    public async Task<(IReadOnlyList<ClaimedJob> Jobs, long Missed, bool More)> ClaimAsync(
        DateTimeOffset now,
        DateTimeOffset horizon,
        int limit,
        CancellationToken cancellationToken)
    {
        var isDue = setAside.BadRows.IsAny && string.Join(',', setAside.BadRows.NotWritable) is { Length: > 0 } ids ? $"{IsDue} AND id NOT IN ({ids})" : IsDue;
        try
        {
            return await ClaimAsync($"{isDue} ORDER BY next_probe_at LIMIT {{2}}", now, horizon, limit, cancellationToken);
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            return await ClaimAroundBadRowsAsync(isDue, now, horizon, limit, cancellationToken);
        }
    }

    private async Task<(IReadOnlyList<ClaimedJob> Jobs, long Missed, bool More)> ClaimAroundBadRowsAsync(
        string isDue,
        DateTimeOffset now,
        DateTimeOffset horizon,
        int limit,
        CancellationToken cancellationToken)
    {
        var (claimed, missed) = (new List<ClaimedJob>(), 0L);
        var all = $"SELECT * FROM targets WHERE {isDue} ORDER BY next_probe_at LIMIT {{2}}";
        var due = await db.Targets.FromSqlRaw(all, horizon.UtcDateTime, now.UtcDateTime, limit).Select(target => target.Id).ToListAsync(cancellationToken);
        var bad = await setAside.UnreadableAsync(due, cancellationToken);
        await Halves.RunAsync(
            due.FindAll(id => !bad.Contains(id)),
            async part =>
            {
                var (jobs, more, _) = await ClaimAsync($"{isDue} AND id IN ({string.Join(',', part)}) LIMIT {{2}}", now, horizon, limit, cancellationToken);
                claimed.AddRange(jobs);
                missed += more;
            },
            (id, fault) => setAside.RunAsync(id, fault, cancellationToken));
        return (claimed, missed, due.Count == limit);
    }

    private async Task<(IReadOnlyList<ClaimedJob> Jobs, long Missed, bool More)> ClaimAsync(
        string which,
        DateTimeOffset now,
        DateTimeOffset horizon,
        int limit,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var due = await db.SelectSkippingLocked<Target>($"SELECT * FROM targets WHERE {which}", horizon.UtcDateTime, now.UtcDateTime, limit)
            .Select(TargetColumns.OfClaim).ToListAsync(cancellationToken);
        var more = due.Count == limit;
        var looked = new List<(long Id, int Hash)>();
        await CheckAsync(due, looked, cancellationToken);
        var jobs = new List<ClaimedJob>(due.Count);
        var isCrowd = due.Count(TargetBooking.IsNew) > CrowdOfNew;
        var rows = due.ConvertAll(target => TargetBooking.Book(target, now, isCrowd && TargetBooking.IsNew(target), secrets, jobs));
        if (rows.Count > 0)
        {
            await BookedRow.Book.RunAsync(db, rows, cancellationToken);
        }

        if (rows.FindAll(row => row.IsToBeSealed) is { Count: > 0 } plain)
        {
            await BookedRow.Seal.RunAsync(db, plain, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        sealedColumns.Remember(looked);
        if (rows.Any(row => row.IsToBeSealed))
        {
            log?.EmptySoon();
        }

        return (jobs, rows.Sum(row => row.Missed), more);
    }

    // A text that is too long is not sealed nor sent. A row that was bad for the fold is not probed for nothing.
    private async Task CheckAsync(List<Target> due, List<(long Id, int Hash)> looked, CancellationToken cancellationToken)
    {
        if (setAside.BadRows.IsAny)
        {
            var bad = await setAside.UnreadableAsync(due.Select(target => target.Id).Where(setAside.BadRows.Contains), cancellationToken);
            due.RemoveAll(target => bad.Contains(target.Id));
        }

        foreach (var target in due.Where(ReadableColumns.MayBeTooLong).ToList())
        {
            if (ReadableColumns.FaultsOf(target) is { Count: > 0 } faults)
            {
                due.Remove(target);
                await setAside.RunAsync(target.Id, faults, cancellationToken);
            }
        }

        foreach (var target in due)
        {
            if (sealedColumns.NewFaults(target, looked) is { Count: > 0 } faults)
            {
                await setAside.TellAsync(target.Id, faults, cancellationToken); // a Prober with the right key would get by
            }
        }
    }

    /// <summary>Undoes the claim of jobs that were never published, so that another Scheduler or the next start runs them.</summary>
    public async Task GiveBackAsync(IReadOnlyCollection<ClaimedJob> jobs, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        await GiveBack.RunAsync(db, jobs, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>How many probes are in flight.</summary>
    public Task<int> CountInFlightAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => db.Targets.CountAsync(t => t.InFlightUntil > now, cancellationToken);

    /// <summary>Gives up every probe in flight: those of a process that was killed, where there is only one process.</summary>
    public Task<int> ForgetInFlightAsync(CancellationToken cancellationToken)
        => db.Targets.Where(t => t.InFlightUntil != null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.InFlightUntil, DateTimeOffset.UnixEpoch), cancellationToken);
}
