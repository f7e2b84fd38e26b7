using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Scheduler.Announcing;

/// <summary>
/// Announces the notices that the Notifier has not answered for, and again after a pause. They have a message and a queue of their own, so that a Notifier that
/// does not know them yet takes none for a change of a status: they wait for one that does.
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
        // Mostly there is none, which needs no transaction to be seen.
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
