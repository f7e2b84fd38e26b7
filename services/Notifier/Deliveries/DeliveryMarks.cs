using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Writes down how an attempt ended, together with the notifier's counters.</summary>
internal sealed class DeliveryMarks(NotifierDb db, DueDeliveries due, TimeProvider clock)
{
    /// <summary>
    /// The message was accepted. That is a fact even where the delivery has been cancelled or claimed by another since; it counts once. The notifier's next delivery
    /// is claimed in the same transaction: where mails are many, it is what they wait for.
    /// </summary>
    /// <param name="delivery">The delivery as it was claimed.</param>
    /// <param name="remark">What is to be known of it though it was sent.</param>
    /// <param name="nextLease">For how long the next one is claimed; null: none is.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The next one; null: there is none now.</returns>
    public async Task<Delivery?> SentAsync(Delivery delivery, string? remark, TimeSpan? nextLease, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        await db.Notifiers.Where(n => n.Id == delivery.NotifierId)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.PassCount, n => n.PassCount + 1), cancellationToken);
        var marked = await db.Deliveries.Where(d => d.Id == delivery.Id && d.State != DeliveryState.Sent)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.State, DeliveryState.Sent)
                    .SetProperty(d => d.Attempts, d => d.Attempts + 1)
                    .SetProperty(d => d.SentAt, now)
                    .SetProperty(d => d.LastError, Clip(remark))
                    .SetProperty(d => d.RemainingAddresses, (string?)null)
                    .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null),
                cancellationToken);
        if (marked == 0)
        {
            await transaction.RollbackAsync(cancellationToken); // the counter
            return nextLease is { } apart ? await due.ClaimNextAsync(delivery.NotifierId, apart, cancellationToken) : null;
        }

        var next = nextLease is { } lease ? await due.TakeNextAsync(delivery.NotifierId, lease, cancellationToken) : null;
        await transaction.CommitAsync(cancellationToken);
        return next;
    }

    /// <summary>The attempt failed.</summary>
    /// <param name="delivery">The delivery as it was claimed.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="nextAttemptAt">When it is tried again; null: it is given up.</param>
    /// <param name="remainingAddresses">Where some recipients have accepted the message: the others.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task FailedAsync(
        Delivery delivery,
        string reason,
        DateTimeOffset? nextAttemptAt,
        string? remainingAddresses,
        CancellationToken cancellationToken)
    {
        var state = nextAttemptAt is null ? DeliveryState.Failed : DeliveryState.Pending;
        var next = nextAttemptAt ?? delivery.NextAttemptAt;
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        await db.Notifiers.Where(n => n.Id == delivery.NotifierId)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.FailCount, n => n.FailCount + 1), cancellationToken);
        await db.Deliveries.Where(d => d.Id == delivery.Id && d.State == DeliveryState.Pending && d.ClaimedUntil == delivery.ClaimedUntil)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.State, state)
                    .SetProperty(d => d.Attempts, d => d.Attempts + 1)
                    .SetProperty(d => d.NextAttemptAt, next)
                    .SetProperty(d => d.LastError, Clip(reason))
                    .SetProperty(d => d.RemainingAddresses, remainingAddresses)
                    .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null),
                cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static string? Clip(string? text) => text?.Length > Delivery.LongestError ? text[..Delivery.LongestError] : text;
}
