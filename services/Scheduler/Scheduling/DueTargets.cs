using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// Claims the targets that are due. In one transaction it locks their rows, books the due slot and the next one of each, and marks each as
/// in flight. Any number of Schedulers may do this side by side: a row that another Scheduler has locked is skipped. A row that cannot be
/// read or written is set aside.
/// </summary>
internal sealed class DueTargets(
    SchedulerDb db,
    SecretBox secrets,
    SealedColumns sealedColumns,
    SetAside setAside,
    WriteAheadLog<SchedulerDb>? log = null)
{
    // Uses the index on (enabled, next_probe_at). {0} is the horizon, {1} is now.
    private const string IsDue =
        "enabled = 1 AND (next_probe_at IS NULL OR next_probe_at <= {0}) AND (in_flight_until IS NULL OR in_flight_until <= {1})";

    // A new target is probed at once. More new targets than this would cause a burst of probes, so they are spread out.
    private const int CrowdOfNew = 100;

    private static readonly BulkUpdate<(ProbeJob Job, TimeSpan Jump)> GiveBack = BulkUpdate<(ProbeJob Job, TimeSpan Jump)>.ById(back => back.Job.TargetId)
        .Set("next_probe_at", back => back.Job.Slot + back.Jump)
        .Set("in_flight_slot_at", _ => (DateTimeOffset?)null)
        .Set("in_flight_until", _ => (DateTimeOffset?)null)
        .Where("in_flight_slot_at", back => back.Job.Slot);

    private static readonly BulkUpdate<KeyValuePair<long, DateTimeOffset>> EndLease = BulkUpdate<KeyValuePair<long, DateTimeOffset>>.ById(slot => slot.Key)
        .Set("in_flight_until", _ => (DateTimeOffset?)DateTimeOffset.UnixEpoch)
        .Where("in_flight_slot_at", slot => slot.Value);

    /// <summary>
    /// When the next target is due, whether its probe is in flight or not; 1970 for a target that was never probed. Null: no target is
    /// enabled.
    /// </summary>
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
            return DateTimeOffset.UnixEpoch; // a row cannot be read: the claim must run at once, and sets it aside
        }
    }

    /// <summary>Claims the targets that are due by the horizon and have no probe in flight.</summary>
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
        var checkedNow = new List<(long Id, int Hash)>();
        await CheckAsync(due, checkedNow, cancellationToken);
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
        sealedColumns.Remember(checkedNow);
        if (rows.Any(row => row.IsToBeSealed))
        {
            log?.EmptySoon();
        }

        return (jobs, rows.Sum(row => row.Missed), more);
    }

    // Leaves out rows with a text that is too long to be sealed and sent, and rows that a fold could not read a short time ago: their
    // probes would be for nothing.
    private async Task CheckAsync(List<Target> due, List<(long Id, int Hash)> checkedNow, CancellationToken cancellationToken)
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
            if (sealedColumns.NewFaults(target, checkedNow) is { Count: > 0 } faults)
            {
                await setAside.ReportAsync(target.Id, faults, cancellationToken); // not set aside: the Prober reports the slot as not probed
            }
        }
    }

    /// <summary>
    /// Undoes the claim of jobs that were never published, so that another Scheduler, or this one after its next start, runs them.
    /// </summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="jump">By how much the clock was set since the claim. It is added to each slot, which so stays the same moment.</param>
    /// <param name="cancellationToken">Cancels the transaction.</param>
    public async Task GiveBackAsync(IReadOnlyCollection<ClaimedJob> jobs, TimeSpan jump, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        await GiveBack.RunAsync(db, [.. jobs.Select(claimed => (claimed.Job, jump))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Ends the leases of probes that may be made or not. Their slots are missed, and a result that comes all the same does not count.
    /// </summary>
    /// <param name="slots">The slot of each target's probe.</param>
    /// <param name="cancellationToken">Cancels the transaction.</param>
    public async Task EndLeasesAsync(IReadOnlyCollection<KeyValuePair<long, DateTimeOffset>> slots, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        await EndLease.RunAsync(db, slots, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>How many probes are in flight.</summary>
    public Task<int> CountInFlightAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => db.Targets.CountAsync(t => t.InFlightUntil > now, cancellationToken);

    /// <summary>
    /// Ends the leases of all probes in flight. Where Skypunch is only one process, these are probes of an earlier process that was killed.
    /// </summary>
    public Task<int> ForgetInFlightAsync(CancellationToken cancellationToken)
        => db.Targets.Where(t => t.InFlightUntil != null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.InFlightUntil, DateTimeOffset.UnixEpoch), cancellationToken);
}
