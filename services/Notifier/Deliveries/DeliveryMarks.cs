using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Writes into the store how an attempt ended, together with the notifier's counters. What is written twice, as the first answer got lost, counts once.</summary>
internal sealed class DeliveryMarks(NotifierDb db, DueDeliveries due, StoreClock time, HeldClaims held)
{
    /// <summary>After how long what was set aside is looked at again.</summary>
    public static readonly TimeSpan UntilMended = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The message was accepted. That is a fact even where the delivery has been cancelled or claimed by another since; it counts once. The notifier's next delivery
    /// is claimed in the same transaction: where messages are many, it is what they wait for.
    /// </summary>
    /// <param name="delivery">The delivery as it was claimed.</param>
    /// <param name="remark">What is to be known of it though it was sent.</param>
    /// <param name="claimNext">Whether the next one is claimed.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The next one; null: there is none now.</returns>
    public async Task<Delivery?> SentAsync(Delivery delivery, string? remark, bool claimNext, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.Now;
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        await db.Notifiers.Where(n => n.Id == delivery.NotifierId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(n => n.PassCount, n => n.PassCount < long.MaxValue ? n.PassCount + 1 : n.PassCount),
                cancellationToken);
        var marked = await db.Deliveries.Where(d => d.Id == delivery.Id && d.State != DeliveryState.Sent)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.State, DeliveryState.Sent)
                    .SetProperty(d => d.Attempts, d => d.Attempts < int.MaxValue ? d.Attempts + 1 : d.Attempts)
                    .SetProperty(d => d.SentAt, now)
                    .SetProperty(d => d.LastError, Clip(remark))
                    .SetProperty(d => d.RemainingAddresses, (string?)null)
                    .SetProperty(d => d.SetAsideAt, (DateTimeOffset?)null)
                    .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null)
                    .SetProperty(d => d.ClaimedBy, (string?)null),
                cancellationToken);
        if (marked == 0)
        {
            await transaction.RollbackAsync(cancellationToken); // the counter
            return claimNext ? await due.ClaimNextAsync(delivery.NotifierId, cancellationToken) : null;
        }

        var next = claimNext ? await due.TakeNextAsync(delivery.NotifierId, cancellationToken) : null;
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
            .ExecuteUpdateAsync(
                set => set.SetProperty(n => n.FailCount, n => n.FailCount < long.MaxValue ? n.FailCount + 1 : n.FailCount),
                cancellationToken);
        var marked = await Claimed(delivery).ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.State, state)
                .SetProperty(d => d.Attempts, d => d.Attempts < int.MaxValue ? d.Attempts + 1 : d.Attempts)
                .SetProperty(d => d.NextAttemptAt, next)
                .SetProperty(d => d.LastError, Clip(reason))
                .SetProperty(d => d.RemainingAddresses, remainingAddresses)
                .SetProperty(d => d.SetAsideAt, (DateTimeOffset?)null)
                .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null)
                .SetProperty(d => d.ClaimedBy, (string?)null),
            cancellationToken);
        await (marked == 0 ? transaction.RollbackAsync(cancellationToken) : transaction.CommitAsync(cancellationToken)); // the counter goes with the mark
    }

    /// <summary>The message cannot be sent as its rows are: it is looked at again and again until they are mended, and does not count as tried.</summary>
    /// <param name="delivery">The delivery as it was claimed.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="byNotifier">Whether it is the notifier that has to be mended: its deliveries keep their order. Else this one holds up nobody.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public Task SetAsideAsync(Delivery delivery, string? reason, bool byNotifier, CancellationToken cancellationToken)
    {
        DateTimeOffset? since = byNotifier ? null : delivery.SetAsideAt ?? time.Now;
        var next = byNotifier ? delivery.NextAttemptAt : time.Now + UntilMended;
        return Claimed(delivery).ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.NextAttemptAt, next)
                .SetProperty(d => d.LastError, reason)
                .SetProperty(d => d.SetAsideAt, since)
                .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null)
                .SetProperty(d => d.ClaimedBy, (string?)null),
            cancellationToken);
    }

    /// <summary>A reason, as long as its column. It does not end amid a character, which a database might refuse.</summary>
    public static string? Clip(string? text)
        => text?.Length > Delivery.LongestError
            ? text[..(char.IsHighSurrogate(text[Delivery.LongestError - 1]) ? Delivery.LongestError - 1 : Delivery.LongestError)]
            : text;

    private IQueryable<Delivery> Claimed(Delivery delivery)
        => db.Deliveries.Where(d => d.Id == delivery.Id && d.State == DeliveryState.Pending && d.ClaimedBy == held.Sender);
}
