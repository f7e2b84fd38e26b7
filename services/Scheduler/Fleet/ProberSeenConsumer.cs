using MassTransit;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Fleet;

/// <summary>
/// Stores the Probers' last signs of life and since when a Prober is cut off. A Prober that has been silent for a day is deleted.
/// </summary>
internal sealed class ProberSeenConsumer(StorePatience<SchedulerDb> store, LivingProbers living, NoticeRelay notices) : IConsumer<ProberSeen>
{
    private const string Insert = "INSERT INTO probers (name, version, started_at, last_seen_at, running, completed) VALUES ({0}, {1}, {2}, {3}, {4}, {5})";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public async Task Consume(ConsumeContext<ProberSeen> context)
    {
        var isTold = await store.RunAsync((SchedulerDb db) => KeepAsync(db, context.Message, context.CancellationToken), context.CancellationToken);
        if (isTold)
        {
            living.Invalidate();
            notices.Wake();
        }
    }

    /// <summary>Stores a sign of life.</summary>
    /// <returns>Whether a notice was raised.</returns>
    internal static async Task<bool> KeepAsync(SchedulerDb db, ProberSeen seen, CancellationToken cancellationToken)
    {
        var isTold = await db.KeepCutOffAsync(seen, cancellationToken);
        if (await UpdateAsync(db, seen, cancellationToken))
        {
            return isTold;
        }

        await AddAsync(db, seen, cancellationToken);
        return seen.CutOffSince is null ? isTold : await db.KeepCutOffAsync(seen, cancellationToken);
    }

    private static async Task AddAsync(SchedulerDb db, ProberSeen seen, CancellationToken cancellationToken)
    {
        await db.Probers.Where(p => p.LastSeenAt < seen.SeenAt - Kept).ExecuteDeleteAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync(
            Insert + (db.IsSqlite ? " ON CONFLICT (name) DO NOTHING" : " ON DUPLICATE KEY UPDATE name = name"), // another Scheduler may be first
            [seen.Name, seen.Version, seen.StartedAt.UtcDateTime, seen.SeenAt.UtcDateTime, seen.Running, seen.Completed],
            cancellationToken);
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

/// <summary>The queue of the signs of life. A lost sign of life does not matter: the next one comes within seconds.</summary>
internal sealed class ProberSeenConsumerDefinition : ConsumerDefinition<ProberSeenConsumer>
{
    public ProberSeenConsumerDefinition() => EndpointName = "prober-seen";
}
