using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Takes over changes of targets' statuses.</summary>
internal sealed class Announcements(NotifierDb db, TimeProvider clock)
{
    /// <summary>Stores changes with a delivery of each to each enabled notifier, all in one transaction. Those that are stored already are left out.</summary>
    /// <returns>Those that were not stored before, and how many notifiers are to be told of them.</returns>
    public async Task<(IReadOnlyList<TargetStatusChanged> Added, int Notifiers)> StoreAsync(
        IReadOnlyList<TargetStatusChanged> changes,
        CancellationToken cancellationToken)
    {
        var ids = changes.Select(change => change.ChangeId).ToList();
        while (true)
        {
            var known = await db.Announcements.Where(a => ids.Contains(a.ChangeId)).Select(a => a.ChangeId).ToListAsync(cancellationToken);
            var added = changes.ExceptBy(known, change => change.ChangeId).ToList();
            if (added.Count == 0)
            {
                return ([], 0);
            }

            try
            {
                return (added, await AddAsync(added, cancellationToken));
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey())
            {
                // Copies were stored at the same moment, by this Notifier or by another: the look that comes next sees them.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<int> AddAsync(List<TargetStatusChanged> changes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var notifiers = await db.LockEnabledNotifiersAsync(cancellationToken);
        foreach (var change in changes)
        {
            db.Announcements.Add(Announcement.Of(change, now));
            db.Deliveries.AddRange(notifiers.Select(notifier => new Delivery
            {
                ChangeId = change.ChangeId,
                NotifierId = notifier.Id,
                TargetId = change.TargetId,
                NextAttemptAt = now,
                CreatedAt = now,
            }));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return notifiers.Count;
    }
}
