using MassTransit;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Notifier.Store;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Takes over a change of a target's status: stores it with a delivery to each enabled notifier, and says so. One that comes again is only answered.</summary>
internal sealed partial class StatusChangeConsumer(NotifierDb db, DeliverySender sender, TimeProvider clock, ILogger<StatusChangeConsumer> logger)
    : IConsumer<TargetStatusChanged>
{
    public async Task Consume(ConsumeContext<TargetStatusChanged> context)
    {
        var change = context.Message;
        if (!await db.Announcements.AnyAsync(a => a.ChangeId == change.ChangeId, context.CancellationToken))
        {
            await StoreAsync(change, context.CancellationToken);
        }

        await context.Publish(new StatusChangeStored(change.ChangeId), context.CancellationToken);
        sender.Wake();
    }

    private async Task StoreAsync(TargetStatusChanged change, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var notifiers = await db.LockEnabledNotifiersAsync(cancellationToken);
        db.Announcements.Add(Announcement.Of(change, now));
        db.Deliveries.AddRange(notifiers.Select(notifier => new Delivery
        {
            ChangeId = change.ChangeId,
            NotifierId = notifier.Id,
            TargetId = change.TargetId,
            ChangedAt = change.At,
            NextAttemptAt = now,
            CreatedAt = now,
        }));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            LogAnnounced(change.TargetId, change.Name, change.From, change.To, notifiers.Count);
        }
        catch (DbUpdateException e) when (e.IsDuplicate())
        {
            // Another copy was stored at the same moment, by us or by another Notifier.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "[{TargetId}] {TargetName}: {From} > {To}, to be told to {Count} notifiers.")]
    private partial void LogAnnounced(long targetId, string targetName, string from, string to, int count);
}
