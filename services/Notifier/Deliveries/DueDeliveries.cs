using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Finds deliveries that are due and claims them. A claim is a lease: a sender that dies keeps its delivery from the others only until <c>claimed_until</c>.
/// Any number of Notifiers do so side by side.
/// </summary>
internal sealed class DueDeliveries(NotifierDb db, TimeProvider clock)
{
    /// <summary>The enabled notifiers that have something due which nobody sends, and how much.</summary>
    public async Task<List<(long NotifierId, int Due)>> NotifiersAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.Deliveries
            .Where(d => d.State == DeliveryState.Pending && d.NextAttemptAt <= now && (d.ClaimedUntil == null || d.ClaimedUntil <= now))
            .Where(d => d.Notifier.Enabled)
            .GroupBy(d => d.NotifierId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return due.ConvertAll(notifier => (notifier.Key, notifier.Count));
    }

    /// <summary>Claims the next delivery to the notifier; null: there is none now.</summary>
    /// <returns>The delivery with its announcement and its notifier.</returns>
    public async Task<Delivery?> ClaimNextAsync(long notifierId, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var claimed = await TakeNextAsync(notifierId, lease, cancellationToken);
        if (claimed is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return claimed;
    }

    /// <summary>Claims the next delivery as a part of the transaction that has begun.</summary>
    public async Task<Delivery?> TakeNextAsync(long notifierId, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await db.LockNextDueAsync(notifierId, now, cancellationToken) is not [var due])
        {
            return null;
        }

        due.ClaimedUntil = Microseconds(now + lease);
        await db.Deliveries.Where(d => d.Id == due.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ClaimedUntil, due.ClaimedUntil), cancellationToken);
        return due;
    }

    /// <summary>Gives back a delivery that was not tried, or of which it is not known how it ended.</summary>
    public Task GiveBackAsync(Delivery delivery, CancellationToken cancellationToken)
        => db.Deliveries
            .Where(d => d.Id == delivery.Id && d.ClaimedUntil == delivery.ClaimedUntil)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null), cancellationToken);

    // MySQL keeps microseconds: what is compared with the column must have no more.
    private static DateTimeOffset Microseconds(DateTimeOffset instant) => new DateTimeOffset(instant.Ticks - (instant.Ticks % 10), instant.Offset);
}
