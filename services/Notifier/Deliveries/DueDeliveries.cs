using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Finds deliveries that are due and claims them. A claim is a <see cref="Lease"/>: a sender that dies keeps its delivery from the others
/// only until <c>claimed_until</c>. Any number of Notifiers do so side by side.
/// </summary>
internal sealed partial class DueDeliveries(
    NotifierDb db,
    StoreClock time,
    HeldClaims held,
    UnreadableRows unreadable,
    TimeProvider clock,
    ILogger<DueDeliveries> logger)
{
    // Where more rows in sequence cannot be read, the cause is not a few bad rows, and the exception goes on.
    private const int MostUnreadable = 100;

    /// <summary>The enabled notifiers with due deliveries that nobody is sending, and how many.</summary>
    public async Task<List<(long NotifierId, int Due)>> NotifiersAsync(CancellationToken cancellationToken)
    {
        await time.EnsureReadAsync(db, cancellationToken);
        var (now, ended) = (time.Now, time.EndedBefore);
        var due = await db.Deliveries
            .Where(d => d.State == DeliveryState.Pending && d.NextAttemptAt <= now && (d.ClaimedUntil == null || d.ClaimedUntil <= ended))
            .Where(d => d.Notifier.Enabled)
            .GroupBy(d => d.NotifierId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return due.ConvertAll(notifier => (notifier.Key, notifier.Count));
    }

    /// <summary>Claims the next delivery to the notifier; null: there is none now.</summary>
    /// <returns>The delivery with its announcement and its notifier.</returns>
    public async Task<Delivery?> ClaimNextAsync(long notifierId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var claimed = await TakeNextAsync(notifierId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return claimed;
    }

    /// <summary>Claims the next delivery as a part of the current transaction.</summary>
    public async Task<Delivery?> TakeNextAsync(long notifierId, CancellationToken cancellationToken)
    {
        await time.EnsureReadAsync(db, cancellationToken);
        var now = time.Now;
        if (await NextReadableAsync(notifierId, now, time.EndedBefore, cancellationToken) is not { } due)
        {
            return null;
        }

        (due.ClaimedUntil, due.ClaimedBy) = (clock.GetUtcNow() + Lease.Length, held.Sender);
        await db.ClaimAsync(due.Id, held.Sender, due.ClaimedUntil.Value, cancellationToken);

        // The delivery may be one that this process is still sending although its lease had ended. The claim has renewed the lease.
        return held.Has(due.Id) ? null : due;
    }

    /// <summary>Reads the store's clock, and renews the claims that are still this process's in one statement.</summary>
    /// <returns>How far the clock has jumped, and how many claims were renewed.</returns>
    public async Task<(TimeSpan Jump, int Renewed)> RenewAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var jump = await time.ReadAsync(db, cancellationToken);
        return (jump, ids.Count == 0 ? 0 : await db.RenewAsync(ids, held.Sender, clock.GetUtcNow() + Lease.Length, cancellationToken));
    }

    /// <summary>Gives back a delivery that was not tried, or whose outcome is not known.</summary>
    public Task GiveBackAsync(Delivery delivery, CancellationToken cancellationToken)
        => ForgetAsync(db.Deliveries.Where(d => d.Id == delivery.Id && d.ClaimedBy == held.Sender), cancellationToken);

    /// <summary>Ends all claims. Where there is only one process, they are those of a process that was killed.</summary>
    public Task<int> ForgetAllAsync(CancellationToken cancellationToken)
        => ForgetAsync(db.Deliveries.Where(d => d.State == DeliveryState.Pending && d.ClaimedUntil != null), cancellationToken);

    private async Task<Delivery?> NextReadableAsync(long notifierId, DateTimeOffset now, DateTimeOffset ended, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await db.LockNextDueAsync(notifierId, now, ended, cancellationToken) is [var due] ? due : null;
            }
            catch (Exception e) when (UnreadableRows.MayCause(e) && tries < MostUnreadable)
            {
                if (await db.LockNextDueIdAsync(notifierId, now, ended, cancellationToken) is not { } id || !await SetAsideAsync(id, now, cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Sets a delivery aside if it cannot be read. It is tried again in a few seconds, and holds up no other meanwhile.</summary>
    /// <returns>Whether it cannot be read.</returns>
    private async Task<bool> SetAsideAsync(long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await unreadable.FaultAsync(id, cancellationToken) is not { } fault)
        {
            return false;
        }

        var (row, reason) = (db.Deliveries.Where(d => d.Id == id), DeliveryMarks.Clip(fault));
        if (!await row.AnyAsync(d => d.LastError == reason, cancellationToken))
        {
            LogUnreadable(id, fault);
        }

        DateTimeOffset? since = now;
        await row.ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.LastError, reason)
                .SetProperty(d => d.NextAttemptAt, now + DeliveryMarks.UntilMended)
                .SetProperty(d => d.SetAsideAt, since),
            cancellationToken);
        return true;
    }

    private static Task<int> ForgetAsync(IQueryable<Delivery> claimed, CancellationToken cancellationToken)
        => claimed.ExecuteUpdateAsync(
            set => set.SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null).SetProperty(d => d.ClaimedBy, (string?)null),
            cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryId} is not sent until its rows are mended: {Fault}")]
    private partial void LogUnreadable(long deliveryId, string fault);
}
