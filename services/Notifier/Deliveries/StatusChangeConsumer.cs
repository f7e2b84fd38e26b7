using System.Diagnostics;
using MassTransit;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Notifier.Deliveries;

/// <summary>Takes over a change of a target's status and says so. One that comes again is answered again.</summary>
internal sealed partial class StatusChangeConsumer(StoreWriter<NotifierDb> writer, DeliverySender sender, ILogger<StatusChangeConsumer> logger)
    : IConsumer<TargetStatusChanged>
{
    public async Task Consume(ConsumeContext<TargetStatusChanged> context)
    {
        var change = context.Message;
        using var step = SkypunchTelemetry.Continue("store", change.TraceParent, ActivityKind.Consumer);
        if (await writer.RunAsync((Announcements announcements) => announcements.StoreAsync(change, context.CancellationToken)) is { } count)
        {
            LogAnnounced(change.TargetId, change.Name, change.From, change.To, count);
            sender.Wake();
        }

        await context.Publish(new StatusChangeStored(change.ChangeId), context.CancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "[{TargetId}] {TargetName}: {From} > {To}, to be told to {Count} notifiers.")]
    private partial void LogAnnounced(long targetId, string targetName, string from, string to, int count);
}
