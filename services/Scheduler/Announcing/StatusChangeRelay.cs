using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Time;

namespace Skypunch.Scheduler.Announcing;

/// <summary>
/// Announces the status changes that the Notifier has not confirmed as stored, and announces them again after a pause. A target's changes
/// are announced in their order: the next change waits until the Notifier has confirmed the change before it. The relay also announces
/// again what was published right after a fold and got lost. The broker's confirm is not enough: an exchange without a queue confirms a
/// message and drops it.
/// </summary>
internal sealed class StatusChangeRelay : WorkLoop
{
    private readonly StoreWriter<SchedulerDb> _writer;
    private readonly StatusChangePublisher _publisher;
    private readonly SchedulerOptions _options;
    private readonly TimeProvider _clock;

    public StatusChangeRelay(
        StoreWriter<SchedulerDb> writer,
        StatusChangePublisher publisher,
        ClockWatch watch,
        IOptions<SchedulerOptions> options,
        BusGate busGate,
        TimeProvider clock,
        ILogger<StatusChangeRelay> logger)
        : base(busGate, clock, logger)
    {
        (_writer, _publisher, _options, _clock) = (writer, publisher, options.Value, clock);
        watch.Jumped += _ => Wake(); // changes whose AnnounceAfter lay ahead may be due now
    }

    protected override TimeSpan Interval => _options.RelayInterval;

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        List<StatusChange> changes;
        do
        {
            changes = await TakeAsync(cancellationToken);
            if (changes.Count > 0)
            {
                await _publisher.PublishAsync(changes, cancellationToken);
            }
        }
        while (changes.Count == StatusChangePublisher.BatchSize);
    }

    private Task<List<StatusChange>> TakeAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var latest = now + _options.RelayRetry; // an instant after this one was written before the clock was set back
        return _writer.RunAsync((SchedulerDb db) => TakeAsync(db, now, latest, cancellationToken));
    }

    private static async Task<List<StatusChange>> TakeAsync(SchedulerDb db, DateTimeOffset now, DateTimeOffset latest, CancellationToken cancellationToken)
    {
        // Usually no change waits. This check needs no transaction.
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
