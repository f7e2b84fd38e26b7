using System.Diagnostics;
using MassTransit;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Stores changes of targets' statuses, and tells the Scheduler so. A change that comes again is answered again.</summary>
internal sealed partial class StatusChangeConsumer(
    StorePatience<NotifierDb> store,
    DeliverySender sender,
    TimeProvider clock,
    ILogger<StatusChangeConsumer> logger) : IConsumer<StatusChangeBatch>
{
    public async Task Consume(ConsumeContext<StatusChangeBatch> context)
    {
        var (changes, began) = (context.Message.Changes, clock.GetUtcNow());
        var added = await store.RunAsync(
            (Announcements announcements) => announcements.StoreAsync(changes, context.CancellationToken),
            context.CancellationToken);
        if (added.Count > 0)
        {
            sender.Wake();
        }

        foreach (var (change, notifiers) in added)
        {
            SkypunchTelemetry.Record("store", change.TraceParent, began, ActivityKind.Consumer);
            LogAnnounced(change.TargetId, change.Name, change.From, change.To, notifiers);
        }

        await context.Publish(new StatusChangesStored([.. changes.Select(change => change.ChangeId)]), context.CancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "[{TargetId}] {TargetName}: {From} > {To}, to be told to {Count} notifiers.")]
    private partial void LogAnnounced(long targetId, string targetName, string from, string to, int count);
}
