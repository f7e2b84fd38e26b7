using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Scheduler.Announcing;

/// <summary>
/// Announces the notices that the Notifier has not confirmed as stored, and announces them again after a pause. Notices have a message type
/// and a queue of their own: a Notifier of a release before notices cannot mistake a notice for a status change. The notice waits in the
/// queue for a newer Notifier.
/// </summary>
internal sealed class NoticeRelay(
    StoreWriter<SchedulerDb> writer,
    IBus bus,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    ILogger<NoticeRelay> logger) : WorkLoop(busGate, clock, logger)
{
    private const int BatchSize = 100;

    private readonly TimeProvider _clock = clock;

    protected override TimeSpan Interval => options.Value.RelayInterval;

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        while (await writer.RunAsync((SchedulerDb db) => TakeAsync(db, now, cancellationToken)) is { Count: > 0 } notices)
        {
            await bus.Publish(
                new NoticeBatch(notices.ConvertAll(notice => notice.Notice())),
                context => context.TimeToLive = options.Value.RelayRetry,
                cancellationToken);
        }
    }

    private async Task<List<NoticeRow>> TakeAsync(SchedulerDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Usually no notice waits. This check needs no transaction.
        if (!await db.Notices.AnyAsync(notice => notice.StoredAt == null && (notice.AnnounceAfter == null || notice.AnnounceAfter <= now), cancellationToken))
        {
            return [];
        }

        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var notices = await db.SelectSkippingLocked<NoticeRow>(
            "SELECT * FROM notices WHERE stored_at IS NULL AND (announce_after IS NULL OR announce_after <= {0}) ORDER BY id LIMIT {1}",
            now.UtcDateTime,
            BatchSize).AsNoTracking().ToListAsync(cancellationToken);
        var (taken, again) = (notices.ConvertAll(notice => notice.Id), now + options.Value.RelayRetry);
        await db.Notices.Where(notice => taken.Contains(notice.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.AnnounceAfter, again), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return notices;
    }
}
