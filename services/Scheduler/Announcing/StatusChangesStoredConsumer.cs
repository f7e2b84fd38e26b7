using MassTransit;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Announcing;

/// <summary>Marks changes as stored by the Notifier, so that the targets' next ones can be announced.</summary>
internal sealed class StatusChangesStoredConsumer(StorePatience<SchedulerDb> store, StatusChangeRelay relay, TimeProvider clock) : IConsumer<StatusChangesStored>
{
    public async Task Consume(ConsumeContext<StatusChangesStored> context)
    {
        var (stored, now) = (context.Message.ChangeIds, clock.GetUtcNow());
        await store.RunAsync(
            (SchedulerDb db) => db.StatusChanges
                .Where(change => stored.Contains(change.ChangeId) && change.StoredAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(change => change.StoredAt, now), context.CancellationToken),
            context.CancellationToken);
        relay.Wake();
    }
}

/// <summary>The queue of the answers. One that is lost comes again: the changes are announced, and answered, until the answer is recorded.</summary>
internal sealed class StatusChangesStoredConsumerDefinition : ConsumerDefinition<StatusChangesStoredConsumer>
{
    public StatusChangesStoredConsumerDefinition() => EndpointName = "status-changes-stored";
}
