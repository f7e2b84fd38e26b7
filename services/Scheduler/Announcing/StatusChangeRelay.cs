using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler.Announcing;

/// <summary>
/// Publishes the status changes that the Notifier has not answered for, per target in their order, and again after a pause. A broker's confirm is not enough: an
/// exchange without a queue confirms and drops.
/// </summary>
internal sealed class StatusChangeRelay(
    StoreWriter<SchedulerDb> writer,
    IBus bus,
    IOptions<SchedulerOptions> options,
    BusGate busGate,
    TimeProvider clock,
    ILogger<StatusChangeRelay> logger) : WorkLoop(busGate, clock, logger)
{
    // With its trace a change is some kilobytes: a message stays well below a megabyte.
    private const int BatchSize = 100;

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
                // They are published again after this time, so the copy before it need live no longer.
                await bus.Publish(
                    new StatusChangeBatch(changes.ConvertAll(Message)),
                    context => context.TimeToLive = options.Value.RelayRetry,
                    cancellationToken);
            }
        }
        while (changes.Count == BatchSize);
    }

    private static TargetStatusChanged Message(StatusChange change)
    {
        var message = JsonSerializer.Deserialize<TargetStatusChanged>(change.Payload)!;
        using var step = SkypunchTelemetry.Continue("announce", message.TraceParent, ActivityKind.Producer);
        return step is null ? message : message with { TraceParent = step.Id };
    }

    private Task<List<StatusChange>> TakeAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        return writer.RunAsync((SchedulerDb db) => TakeAsync(db, now, cancellationToken));
    }

    private async Task<List<StatusChange>> TakeAsync(SchedulerDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Mostly there is none, which needs no transaction to be seen.
        if (!await db.StatusChanges.AnyAsync(change => change.StoredAt == null && (change.AnnounceAfter == null || change.AnnounceAfter <= now), cancellationToken))
        {
            return [];
        }

        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var changes = await db.SelectSkippingLocked<StatusChange>(
            """
            SELECT * FROM status_changes
            WHERE stored_at IS NULL AND (announce_after IS NULL OR announce_after <= {0}) AND NOT EXISTS
                (SELECT 1 FROM status_changes AS before_it
                 WHERE before_it.target_id = status_changes.target_id AND before_it.stored_at IS NULL AND before_it.id < status_changes.id)
            ORDER BY id LIMIT {1}
            """,
            now.UtcDateTime,
            BatchSize).AsNoTracking().ToListAsync(cancellationToken);
        var (taken, again) = (changes.ConvertAll(change => change.Id), now + options.Value.RelayRetry);
        await db.StatusChanges.Where(change => taken.Contains(change.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(change => change.AnnounceAfter, again), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changes;
    }
}
