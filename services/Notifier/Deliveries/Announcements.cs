using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Takes over changes of targets' statuses.</summary>
internal sealed class Announcements(NotifierDb db, TimeProvider clock)
{
    /// <summary>Stores a change with a delivery to each enabled notifier, unless it is stored already.</summary>
    /// <returns>To how many notifiers it is to be told; null: it was stored before.</returns>
    public async Task<int?> StoreAsync(TargetStatusChanged change, CancellationToken cancellationToken)
    {
        if (await db.Announcements.AnyAsync(a => a.ChangeId == change.ChangeId, cancellationToken))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var notifiers = await db.LockEnabledNotifiersAsync(cancellationToken);
        db.Announcements.Add(Announcement.Of(change, now));
        db.Deliveries.AddRange(notifiers.Select(notifier => new Delivery
        {
            ChangeId = change.ChangeId,
            NotifierId = notifier.Id,
            TargetId = change.TargetId,
            NextAttemptAt = now,
            CreatedAt = now,
        }));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return notifiers.Count;
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            // Another copy was stored at the same moment, by this Notifier or by another.
            return null;
        }
    }
}
