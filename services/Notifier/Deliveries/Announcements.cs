using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Stores changes of targets' statuses and the deliveries that come of them.</summary>
internal sealed class Announcements(NotifierDb db, Receivers receivers, StoreClock time)
{
    // Where another consumer has stored the same change first, the next try finds it. More failures have another cause.
    private const int MostTries = 5;

    /// <summary>
    /// Stores changes with a delivery of each to each notifier that is told of it (<see cref="Routing"/>), all in one transaction. Changes
    /// that are stored already are left out.
    /// </summary>
    /// <returns>The changes that were not stored before, each with the number of notifiers that are to be told of it.</returns>
    public async Task<IReadOnlyList<(TargetStatusChanged Change, int Notifiers)>> StoreAsync(
        IReadOnlyList<TargetStatusChanged> changes,
        CancellationToken cancellationToken)
    {
        var ids = changes.Select(change => change.ChangeId).ToList();
        for (var tries = 1; ; tries++)
        {
            var known = await db.Announcements.Where(a => ids.Contains(a.ChangeId)).Select(a => a.ChangeId).ToListAsync(cancellationToken);
            var added = changes.ExceptBy(known, change => change.ChangeId).ToList();
            if (added.Count == 0)
            {
                return [];
            }

            try
            {
                return await AddAsync(added, cancellationToken);
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey() && tries < MostTries)
            {
                // Copies were stored at the same moment, by this Notifier or by another. The next query sees them.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<IReadOnlyList<(TargetStatusChanged Change, int Notifiers)>> AddAsync(List<TargetStatusChanged> changes, CancellationToken cancellationToken)
    {
        await time.EnsureReadAsync(db, cancellationToken);
        var now = time.Now;
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var enabled = (await db.LockEnabledNotifiersAsync(cancellationToken)).ConvertAll(receivers.Of);
        var deliveries = await RouteAsync(changes, enabled, cancellationToken);
        deliveries = await WithoutPassedAsync(deliveries, enabled.Where(receiver => !receiver.Hours.IsOpen(now)), cancellationToken);
        db.Announcements.AddRange(changes.Select(change => Announcement.Of(change, now)));
        await db.SaveChangesAsync(cancellationToken);
        await db.AddDeliveriesAsync(deliveries, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var told = deliveries.CountBy(delivery => delivery.Change.ChangeId).ToDictionary();
        return changes.ConvertAll(change => (change, told.GetValueOrDefault(change.ChangeId)));
    }

    // Where each match selects each recovery, as it is without matches, nothing is asked.
    private async Task<IReadOnlyList<(TargetStatusChanged Change, long NotifierId)>> RouteAsync(
        List<TargetStatusChanged> changes,
        List<Receiver> enabled,
        CancellationToken cancellationToken)
    {
        var routing = new Routing(changes, enabled);
        var open = routing.Open;
        return routing.Of(open.Count == 0 ? new HashSet<ToldTarget>() : (await db.FailingAsync(open, cancellationToken)).ToHashSet());
    }

    // What has failed and recovered outside of a notifier's hours is over when they begin: the failure is cancelled, and the recovery is not
    // told. A failure that somebody may be sending already stays, and so does its recovery.
    private async Task<IReadOnlyList<(TargetStatusChanged Change, long NotifierId)>> WithoutPassedAsync(
        IReadOnlyList<(TargetStatusChanged Change, long NotifierId)> deliveries,
        IEnumerable<Receiver> closed,
        CancellationToken cancellationToken)
    {
        var ids = closed.Select(receiver => receiver.Id).ToHashSet();
        var recoveries = deliveries.Where(delivery => ids.Contains(delivery.NotifierId) && Routing.IsRecovery(delivery.Change))
            .Select(delivery => new ToldTarget(delivery.NotifierId, delivery.Change.TargetId)).ToHashSet();
        if (recoveries.Count == 0)
        {
            return deliveries;
        }

        var waiting = (await db.LockUntriedFailuresAsync(recoveries, cancellationToken)).Where(row => recoveries.Contains(row.Told)).ToList();
        if (waiting.Count == 0)
        {
            return deliveries;
        }

        var failures = waiting.ConvertAll(row => row.Id);
        await db.Deliveries.Where(d => failures.Contains(d.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Cancelled).SetProperty(d => d.LastError, WorkingHours.Passed), cancellationToken);
        var passed = waiting.Select(row => row.Told).ToHashSet();
        return [.. deliveries.Where(delivery => !Routing.IsRecovery(delivery.Change) || !passed.Contains(new ToldTarget(delivery.NotifierId, delivery.Change.TargetId)))];
    }
}
