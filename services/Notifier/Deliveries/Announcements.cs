using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Stores changes of targets' statuses and the deliveries that come of them.</summary>
internal sealed class Announcements(NotifierDb db, StoreClock time)
{
    // Where another consumer has stored the same change first, the next try finds it. More failures have another cause.
    private const int MostTries = 5;

    /// <summary>
    /// Stores changes with a delivery of each to each enabled notifier, all in one transaction. Changes that are stored already are left
    /// out.
    /// </summary>
    /// <returns>The changes that were not stored before, and how many notifiers are to be told of them.</returns>
    public async Task<(IReadOnlyList<TargetStatusChanged> Added, int Notifiers)> StoreAsync(
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
                return ([], 0);
            }

            try
            {
                return (added, await AddAsync(added, cancellationToken));
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey() && tries < MostTries)
            {
                // Copies were stored at the same moment, by this Notifier or by another. The next query sees them.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<int> AddAsync(List<TargetStatusChanged> changes, CancellationToken cancellationToken)
    {
        await time.EnsureReadAsync(db, cancellationToken);
        var now = time.Now;
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var notifiers = await db.LockEnabledNotifiersAsync(cancellationToken);
        db.Announcements.AddRange(changes.Select(change => Announcement.Of(change, now)));
        await db.SaveChangesAsync(cancellationToken);
        await db.AddDeliveriesAsync(changes, notifiers, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return notifiers.Count;
    }
}
