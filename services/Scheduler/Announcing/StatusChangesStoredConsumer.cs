using MassTransit;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Announcing;

/// <summary>Marks changes as stored by the Notifier, so that the targets' next ones can be announced.</summary>
internal sealed class StatusChangesStoredConsumer(StoreWriter<SchedulerDb> writer, StatusChangeRelay relay, TimeProvider clock) : IConsumer<StatusChangesStored>
{
    public async Task Consume(ConsumeContext<StatusChangesStored> context)
    {
        var (stored, now) = (context.Message.ChangeIds, clock.GetUtcNow());
        await writer.RunAsync((SchedulerDb db) => db.StatusChanges
            .Where(change => stored.Contains(change.ChangeId) && change.StoredAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(change => change.StoredAt, now), context.CancellationToken));
        relay.Wake();
    }
}

/// <summary>An answer that cannot be recorded now may be dropped: the changes are announced, and answered, again.</summary>
internal sealed class StatusChangesStoredConsumerDefinition : ConsumerDefinition<StatusChangesStoredConsumer>
{
    public StatusChangesStoredConsumerDefinition() => EndpointName = "status-changes-stored";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<StatusChangesStoredConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.DiscardFaultedMessages();
        endpointConfigurator.UseMessageRetry(retry => retry.Interval(3, TimeSpan.FromMilliseconds(100)));
    }
}
