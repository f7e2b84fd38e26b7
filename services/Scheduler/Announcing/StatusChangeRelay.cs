using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Scheduler.Announcing;

/// <summary>
/// Announces the status changes that the Notifier has not answered for, per target in their order, and again after a pause: a target's next one when the one before
/// it is answered, and what was published at once and got lost. A broker's confirm is not enough: an exchange without a queue confirms and drops.
/// </summary>
internal sealed class StatusChangeRelay(
    StoreWriter<SchedulerDb> writer,
    StatusChangePublisher publisher,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    ILogger<StatusChangeRelay> logger) : WorkLoop(busGate, clock, logger)
{
    private readonly TimeProvider _clock = clock;

    protected override TimeSpan Interval => options.Value.RelayInterval;

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        List<StatusChange> changes;
        do
        {
            changes = await TakeAsync(cancellationToken);
            if (changes.Count > 0)
            {
                await publisher.PublishAsync(changes, cancellationToken);
            }
        }
        while (changes.Count == StatusChangePublisher.BatchSize);
    }

    private Task<List<StatusChange>> TakeAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var latest = now + options.Value.RelayRetry; // what is to wait for longer was booked by a clock that was set back meanwhile
        return writer.RunAsync((SchedulerDb db) => TakeAsync(db, now, latest, cancellationToken));
    }

    private static async Task<List<StatusChange>> TakeAsync(SchedulerDb db, DateTimeOffset now, DateTimeOffset latest, CancellationToken cancellationToken)
    {
        // Mostly there is none, which needs no transaction to be seen.
        if (!await db.StatusChanges.AnyAsync(
            change => change.StoredAt == null && (change.AnnounceAfter == null || change.AnnounceAfter <= now || change.AnnounceAfter > latest), cancellationToken))
        {
            return [];
        }

        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var changes = await db.SelectSkippingLocked<StatusChange>(
            """
            SELECT * FROM status_changes
            WHERE stored_at IS NULL AND (announce_after IS NULL OR announce_after <= {0} OR announce_after > {1}) AND NOT EXISTS
                (SELECT 1 FROM status_changes AS before_it
                 WHERE before_it.target_id = status_changes.target_id AND before_it.stored_at IS NULL AND before_it.id < status_changes.id)
            ORDER BY id LIMIT {2}
            """,
            now.UtcDateTime,
            latest.UtcDateTime,
            StatusChangePublisher.BatchSize).AsNoTracking().ToListAsync(cancellationToken);
        var (taken, again) = (changes.ConvertAll(change => change.Id), latest);
        await db.StatusChanges.Where(change => taken.Contains(change.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(change => change.AnnounceAfter, again), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changes;
    }
}
