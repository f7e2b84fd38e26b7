using MassTransit;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Fleet;

/// <summary>Keeps the Probers' last signs of life, and forgets those that have been silent for a day.</summary>
internal sealed class ProberSeenConsumer(StorePatience<SchedulerDb> store) : IConsumer<ProberSeen>
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public Task Consume(ConsumeContext<ProberSeen> context)
        => store.RunAsync((SchedulerDb db) => KeepAsync(db, context.Message, context.CancellationToken), context.CancellationToken);

    private static async Task<bool> KeepAsync(SchedulerDb db, ProberSeen seen, CancellationToken cancellationToken)
    {
        if (await UpdateAsync(db, seen, cancellationToken))
        {
            return true;
        }

        await db.Probers.Where(p => p.LastSeenAt < seen.SeenAt - Kept).ExecuteDeleteAsync(cancellationToken);
        db.Probers.Add(new ProberRow
        {
            Name = seen.Name,
            Version = seen.Version,
            StartedAt = seen.StartedAt,
            LastSeenAt = seen.SeenAt,
            Running = seen.Running,
            Completed = seen.Completed,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear();
            return await UpdateAsync(db, seen, cancellationToken); // another Scheduler has just seen it for the first time, too
        }
    }

    private static async Task<bool> UpdateAsync(SchedulerDb db, ProberSeen seen, CancellationToken cancellationToken)
        => await db.Probers.Where(p => p.Name == seen.Name).ExecuteUpdateAsync(
            set => set
                .SetProperty(p => p.Version, seen.Version)
                .SetProperty(p => p.StartedAt, seen.StartedAt)
                .SetProperty(p => p.LastSeenAt, seen.SeenAt)
                .SetProperty(p => p.Running, seen.Running)
                .SetProperty(p => p.Completed, seen.Completed),
            cancellationToken) > 0;
}

/// <summary>The queue of the signs of life. One that is lost does not matter: the next comes in seconds.</summary>
internal sealed class ProberSeenConsumerDefinition : ConsumerDefinition<ProberSeenConsumer>
{
    public ProberSeenConsumerDefinition() => EndpointName = "prober-seen";
}
