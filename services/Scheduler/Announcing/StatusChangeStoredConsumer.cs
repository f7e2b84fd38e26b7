using MassTransit;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Announcing;

/// <summary>Marks a change as stored by the Notifier, so that the target's next one can be announced.</summary>
internal sealed class StatusChangeStoredConsumer(StoreWriter<SchedulerDb> writer, StatusChangeRelay relay, TimeProvider clock) : IConsumer<StatusChangeStored>
{
    public async Task Consume(ConsumeContext<StatusChangeStored> context)
    {
        var now = clock.GetUtcNow();
        await writer.RunAsync((SchedulerDb db) => db.StatusChanges
            .Where(change => change.ChangeId == context.Message.ChangeId && change.StoredAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(change => change.StoredAt, now), context.CancellationToken));
        relay.Wake();
    }
}

/// <summary>An answer that cannot be recorded now may be dropped: the change is announced, and answered, again.</summary>
internal sealed class StatusChangeStoredConsumerDefinition : ConsumerDefinition<StatusChangeStoredConsumer>
{
    public StatusChangeStoredConsumerDefinition() => EndpointName = "status-changes-stored";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<StatusChangeStoredConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.DiscardFaultedMessages();
        endpointConfigurator.UseMessageRetry(retry => retry.Interval(3, TimeSpan.FromMilliseconds(100)));
    }
}
