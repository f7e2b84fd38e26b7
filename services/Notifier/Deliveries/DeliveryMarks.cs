using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Writes into the store how an attempt ended, for all deliveries of a claim at once, and that the notifier's counters do not have it yet (<see cref="NotifierCounters"/>). An outcome
/// that is written twice, because the answer to the first write got lost, counts once.
/// </summary>
internal sealed class DeliveryMarks(NotifierDb db, DueDeliveries due, StoreClock time, HeldClaims held)
{
    /// <summary>After how long a delivery that was set aside is looked at again.</summary>
    public static readonly TimeSpan UntilMended = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Marks the message as accepted, even where a delivery has been cancelled or claimed by another sender since. It counts once. What the
    /// notifier is to be told next is claimed in the same transaction, since many messages wait for commits more than for anything else.
    /// </summary>
    /// <param name="claim">What was claimed.</param>
    /// <param name="remark">What an operator should know although the message was sent; null: nothing.</param>
    /// <param name="claimNext">Whether the next message is claimed.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>What is next; null: nothing is due now.</returns>
    public async Task<Claim?> SentAsync(Claim claim, string? remark, bool claimNext, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.Now;
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        await db.Deliveries.Where(d => claim.Ids.Contains(d.Id) && d.State != DeliveryState.Sent)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.State, DeliveryState.Sent)
                    .SetProperty(d => d.Attempts, d => d.Attempts < int.MaxValue ? d.Attempts + 1 : d.Attempts)
                    .SetProperty(d => d.UncountedAttempts, d => (d.UncountedAttempts ?? 0) < int.MaxValue ? (d.UncountedAttempts ?? 0) + 1 : d.UncountedAttempts)
                    .SetProperty(d => d.SentAt, now)
                    .SetProperty(d => d.LastError, Clip(remark))
                    .SetProperty(d => d.RemainingAddresses, (string?)null)
                    .SetProperty(d => d.SetAsideAt, (DateTimeOffset?)null)
                    .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null)
                    .SetProperty(d => d.ClaimedBy, (string?)null),
                cancellationToken);
        var next = claimNext ? await due.TakeNextAsync(claim.Notifier.Id, cancellationToken) : null;
        await transaction.CommitAsync(cancellationToken);
        return next;
    }

    /// <summary>Records a failed attempt.</summary>
    /// <param name="claim">What was claimed.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="nextAttemptAt">When it is tried again; null: it is given up.</param>
    /// <param name="remainingAddresses">The recipients that still miss the message where others have it; null: all of them.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task FailedAsync(
        Claim claim,
        string reason,
        DateTimeOffset? nextAttemptAt,
        string? remainingAddresses,
        CancellationToken cancellationToken)
    {
        var state = nextAttemptAt is null ? DeliveryState.Failed : DeliveryState.Pending;
        var next = nextAttemptAt ?? claim.First.NextAttemptAt;
        await Claimed(claim).ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.State, state)
                .SetProperty(d => d.Attempts, d => d.Attempts < int.MaxValue ? d.Attempts + 1 : d.Attempts)
                .SetProperty(d => d.UncountedAttempts, d => (d.UncountedAttempts ?? 0) < int.MaxValue ? (d.UncountedAttempts ?? 0) + 1 : d.UncountedAttempts)
                .SetProperty(d => d.NextAttemptAt, next)
                .SetProperty(d => d.LastError, Clip(reason))
                .SetProperty(d => d.RemainingAddresses, remainingAddresses)
                .SetProperty(d => d.SetAsideAt, (DateTimeOffset?)null)
                .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null)
                .SetProperty(d => d.ClaimedBy, (string?)null),
            cancellationToken);
    }

    /// <summary>Records that the message is not taken, or cannot be made: from now on each of its deliveries is sent alone.</summary>
    /// <param name="claim">What was claimed.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="wasTried">Whether the other end was asked, so that it counts as an attempt.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public Task TakenApartAsync(Claim claim, string reason, bool wasTried, CancellationToken cancellationToken)
    {
        var (now, tries) = (time.Now, wasTried ? 1 : 0);
        return Claimed(claim).ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.Attempts, d => d.Attempts < int.MaxValue ? d.Attempts + tries : d.Attempts)
                .SetProperty(d => d.UncountedAttempts, d => (d.UncountedAttempts ?? 0) < int.MaxValue ? (d.UncountedAttempts ?? 0) + tries : d.UncountedAttempts)
                .SetProperty(d => d.NextAttemptAt, now)
                .SetProperty(d => d.MessageId, d => d.ChangeId)
                .SetProperty(d => d.LastError, Clip(reason))
                .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null)
                .SetProperty(d => d.ClaimedBy, (string?)null),
            cancellationToken);
    }

    /// <summary>
    /// Sets a delivery aside that cannot be sent as its rows are. It is looked at again every few seconds until the rows are corrected, and
    /// does not count as tried.
    /// </summary>
    /// <param name="claim">What was claimed.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="byNotifier">Whether the notifier's row has to be corrected: then its deliveries keep their order. Otherwise this
    /// delivery holds up no other.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public Task SetAsideAsync(Claim claim, string? reason, bool byNotifier, CancellationToken cancellationToken)
    {
        DateTimeOffset? since = byNotifier ? null : claim.First.SetAsideAt ?? time.Now;
        var next = byNotifier ? claim.First.NextAttemptAt : time.Now + UntilMended;
        return Claimed(claim).ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.NextAttemptAt, next)
                .SetProperty(d => d.LastError, reason)
                .SetProperty(d => d.SetAsideAt, since)
                .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null)
                .SetProperty(d => d.ClaimedBy, (string?)null),
            cancellationToken);
    }

    /// <summary>A reason, cut to the length of its column. It does not end within a character, which a database might refuse.</summary>
    public static string? Clip(string? text)
        => text?.Length > Delivery.LongestError
            ? text[..(char.IsHighSurrogate(text[Delivery.LongestError - 1]) ? Delivery.LongestError - 1 : Delivery.LongestError)]
            : text;

    private IQueryable<Delivery> Claimed(Claim claim)
        => db.Deliveries.Where(d => claim.Ids.Contains(d.Id) && d.State == DeliveryState.Pending && d.ClaimedBy == held.Sender);
}
