using MassTransit;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus.Windows;

namespace Skypunch.Scheduler.Announcing;

/// <summary>Marks changes and notices as stored by the Notifier, so that the next changes of the same targets can be announced.</summary>
internal sealed class StatusChangesStoredConsumer(StorePatience<SchedulerDb> store, StatusChangeRelay relay, TimeProvider clock) : IConsumer<StatusChangesStored>
{
    public async Task Consume(ConsumeContext<StatusChangesStored> context)
    {
        var (stored, now) = (context.Message.ChangeIds, clock.GetUtcNow());
        await store.RunAsync((SchedulerDb db) => MarkAsync(db, stored, now, context.CancellationToken), context.CancellationToken);
        relay.Wake();
    }

    private static async Task<int> MarkAsync(SchedulerDb db, IReadOnlyList<Guid> stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changes = await MarkChangesAsync(db, stored, now, cancellationToken);
        return changes == stored.Count
            ? changes // nearly always: all ids were those of changes, none of a notice
            : changes + await db.Notices
                .Where(notice => stored.Contains(notice.NoticeId) && notice.StoredAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.StoredAt, now), cancellationToken);
    }

    // The rows are locked in the order of their ids, as folds and the relay do. In another order, two transactions could deadlock.
    private static async Task<int> MarkChangesAsync(SchedulerDb db, IReadOnlyList<Guid> stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = await db.StatusChanges.Where(change => stored.Contains(change.ChangeId) && change.StoredAt == null)
            .OrderBy(change => change.Id).Select(change => change.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return 0;
        }

        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var marked = await db.StatusChanges.Where(change => ids.Contains(change.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(change => change.StoredAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return marked;
    }
}

/// <summary>
/// The queue of the Notifier's answers. A lost answer does no harm: the relay announces the changes again, and the Notifier answers again,
/// until the answer is recorded.
/// </summary>
internal sealed class StatusChangesStoredConsumerDefinition : ConsumerDefinition<StatusChangesStoredConsumer>
{
    private const int AnswersAtOnce = 16;

    private readonly TimeProvider _clock;

    public StatusChangesStoredConsumerDefinition(TimeProvider clock)
    {
        EndpointName = "status-changes-stored";
        _clock = clock;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<StatusChangesStoredConsumer> consumerConfigurator,
        IRegistrationContext context)
        => endpointConfigurator.UseReceiveWindow(AnswersAtOnce, _clock);
}
