using MassTransit;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Bus.Windows;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Stores notices, and tells the Scheduler so. From here on a notice is treated like a change: as an announcement with a delivery to each
/// enabled notifier.
/// </summary>
internal sealed partial class NoticeConsumer(StorePatience<NotifierDb> store, DeliverySender sender, ILogger<NoticeConsumer> logger) : IConsumer<NoticeBatch>
{
    public async Task Consume(ConsumeContext<NoticeBatch> context)
    {
        var notices = context.Message.Notices.Select(AsChange).ToList();
        var added = await store.RunAsync(
            (Announcements announcements) => announcements.StoreAsync(notices, context.CancellationToken),
            context.CancellationToken);
        if (added.Count > 0)
        {
            sender.Wake();
        }

        foreach (var (notice, notifiers) in added)
        {
            LogNotice(notice.Notice!.Subject, notifiers);
        }

        await context.Publish(new StatusChangesStored([.. notices.Select(notice => notice.ChangeId)]), context.CancellationToken);
    }

    // These fields are for a Notifier of a release without notices, which may send the delivery while replicas are being replaced.
    private static TargetStatusChanged AsChange(Notice notice) => new()
    {
        ChangeId = notice.NoticeId,
        TargetId = notice.TargetId ?? 0,
        Name = notice.About,
        Url = "",
        Method = "",
        Authn = "",
        PassResult = "",
        Frequency = TimeSpan.Zero,
        Timeout = TimeSpan.Zero,
        From = Announcement.OfNotices,
        To = notice.Kind,
        At = notice.At,
        Reason = notice.Kind,
        Description = $"this is a notice and no failure of a target: {notice.Subject}",
        Advice = notice.Text,
        Counters = new TargetCounters(0, 0, 0, 0, 0, 0, 0, 0),
        Trace = [],
        Notice = notice,
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Notice: {Subject}, to be told to {Count} notifiers.")]
    private partial void LogNotice(string subject, int count);
}

/// <summary>The queue of notices. The Scheduler publishes again what is lost.</summary>
internal sealed class NoticeConsumerDefinition : ConsumerDefinition<NoticeConsumer>
{
    private readonly TimeProvider _clock;

    public NoticeConsumerDefinition(TimeProvider clock)
    {
        EndpointName = "notices";
        _clock = clock;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<NoticeConsumer> consumerConfigurator,
        IRegistrationContext context)
        => endpointConfigurator.UseReceiveWindow(most: 1, _clock);
}
