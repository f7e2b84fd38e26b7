using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Finds deliveries that are due and claims them: one, or where many are due, those of a digest. A claim is a <see cref="Lease"/>: a sender
/// that dies keeps its deliveries from the others only until <c>claimed_until</c>. Any number of Notifiers do so side by side.
/// </summary>
internal sealed partial class DueDeliveries(
    NotifierDb db,
    StoreClock time,
    HeldClaims held,
    UnreadableRows unreadable,
    ChannelTypes channels,
    IOptions<NotifierOptions> options,
    TimeProvider clock,
    ILogger<DueDeliveries> logger)
{
    // Where more rows in sequence cannot be read, the cause is not a few bad rows, and the exception goes on.
    private const int MostUnreadable = 100;

    /// <summary>The enabled notifiers within their hours with due deliveries that nobody is sending, and how many.</summary>
    /// <param name="most">Where the count of a notifier ends.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<List<DueCount>> NotifiersAsync(int most, CancellationToken cancellationToken)
    {
        await time.EnsureReadAsync(db, cancellationToken);
        var now = time.Now;
        return (await db.CountDueAsync(now, time.EndedBefore, most, cancellationToken)).FindAll(count => WorkingHours.Of(count.Hours).IsOpen(now));
    }

    /// <summary>Claims what the notifier is to be told next; null: there is nothing now.</summary>
    public async Task<Claim?> ClaimNextAsync(long notifierId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var claimed = await TakeNextAsync(notifierId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return claimed;
    }

    /// <summary>Claims what is next as a part of the current transaction.</summary>
    public async Task<Claim?> TakeNextAsync(long notifierId, CancellationToken cancellationToken)
    {
        await time.EnsureReadAsync(db, cancellationToken);
        var (now, ended) = (time.Now, time.EndedBefore);
        if (await NextReadableAsync(notifierId, now, ended, cancellationToken) is not { } next || !WorkingHours.Of(next.Notifier.Hours).IsOpen(now))
        {
            return null;
        }

        var together = await TogetherAsync(next, now, ended, cancellationToken);
        var messageId = next.DigestId ?? (together.Count > 1 ? DigestRule.IdOf(notifierId, together.Select(delivery => delivery.ChangeId)) : next.ChangeId);
        var until = clock.GetUtcNow() + Lease.Length;
        foreach (var delivery in together)
        {
            (delivery.ClaimedUntil, delivery.ClaimedBy, delivery.MessageId) = (until, held.Sender, messageId);
        }

        var claim = new Claim(together, next.Notifier);
        await db.ClaimAsync(claim.Ids, messageId, held.Sender, until, cancellationToken);

        // The delivery may be one that this process is still sending although its lease had ended. The claim has renewed the lease.
        return claim.Ids.Any(held.Has) ? null : claim;
    }

    /// <summary>Reads the store's clock, and renews the claims that are still this process's in one statement.</summary>
    /// <returns>How far the clock has jumped, and how many claims were renewed.</returns>
    public async Task<(TimeSpan Jump, int Renewed)> RenewAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var jump = await time.ReadAsync(db, cancellationToken);
        return (jump, ids.Count == 0 ? 0 : await db.RenewAsync(ids, held.Sender, clock.GetUtcNow() + Lease.Length, cancellationToken));
    }

    /// <summary>Gives back what was not tried, or whose outcome is not known.</summary>
    public Task GiveBackAsync(Claim claim, CancellationToken cancellationToken)
        => ForgetAsync(db.Deliveries.Where(d => claim.Ids.Contains(d.Id) && d.ClaimedBy == held.Sender), cancellationToken);

    /// <summary>Ends all claims. Where there is only one process, they are those of a process that was killed.</summary>
    public Task<int> ForgetAllAsync(CancellationToken cancellationToken)
        => ForgetAsync(db.Deliveries.Where(d => d.State == DeliveryState.Pending && d.ClaimedUntil != null), cancellationToken);

    /// <summary>The deliveries that travel with the next one: those of its digest, or a new digest where enough are due.</summary>
    private async Task<IReadOnlyList<Delivery>> TogetherAsync(Delivery next, DateTimeOffset now, DateTimeOffset ended, CancellationToken cancellationToken)
    {
        if (next.DigestId is { } digestId)
        {
            return await ReadableAsync(
                () => db.LockDigestAsync(next.NotifierId, digestId, ended, cancellationToken),
                () => db.LockDigestIdsAsync(next.NotifierId, digestId, ended, cancellationToken),
                now,
                cancellationToken);
        }

        var above = options.Value.DigestAbove;
        if (above == 0 || channels.Find(next.Notifier.Type) is { Description.TakesDigests: false } || next.MessageId is not null || await db.CountFreshAsync(next.NotifierId, now, above + 1, cancellationToken) <= above)
        {
            return [next];
        }

        var fresh = await ReadableAsync(
            () => db.LockFreshAsync(next.NotifierId, now, cancellationToken),
            () => db.LockFreshIdsAsync(next.NotifierId, now, cancellationToken),
            now,
            cancellationToken);
        var fitting = DigestRule.Fitting(fresh.ConvertAll(delivery => delivery.Announcement.Payload.Length));

        // The next one is not among them where it is a notice. Other senders may have taken the others meanwhile.
        return fitting > above && fresh[0].Id == next.Id ? [.. fresh[..fitting].OrderBy(delivery => delivery.Id)] : [next];
    }

    private async Task<List<Delivery>> ReadableAsync(
        Func<Task<List<Delivery>>> rows,
        Func<Task<List<long>>> ids,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        try
        {
            return await rows();
        }
        catch (Exception e) when (UnreadableRows.MayCause(e))
        {
            var setAside = 0;
            foreach (var id in await ids())
            {
                setAside += await SetAsideAsync(id, now, cancellationToken) ? 1 : 0;
            }

            if (setAside == 0)
            {
                throw;
            }

            return await rows();
        }
    }

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
                .SetProperty(d => d.MessageId, d => d.ChangeId)
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
