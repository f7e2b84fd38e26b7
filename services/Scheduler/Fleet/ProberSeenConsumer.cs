using MassTransit;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Fleet;

/// <summary>Keeps the Probers' last signs of life, and forgets those that have been silent for a day.</summary>
internal sealed class ProberSeenConsumer(SchedulerDb db) : IConsumer<ProberSeen>
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public async Task Consume(ConsumeContext<ProberSeen> context)
    {
        var seen = context.Message;
        var known = await db.Probers.Where(p => p.Name == seen.Name).ExecuteUpdateAsync(
            set => set
                .SetProperty(p => p.Version, seen.Version)
                .SetProperty(p => p.StartedAt, seen.StartedAt)
                .SetProperty(p => p.LastSeenAt, seen.SeenAt)
                .SetProperty(p => p.Running, seen.Running)
                .SetProperty(p => p.Completed, seen.Completed),
            context.CancellationToken);
        if (known > 0)
        {
            return;
        }

        await db.Probers.Where(p => p.LastSeenAt < seen.SeenAt - Kept).ExecuteDeleteAsync(context.CancellationToken);
        db.Probers.Add(new ProberRow
        {
            Name = seen.Name,
            Version = seen.Version,
            StartedAt = seen.StartedAt,
            LastSeenAt = seen.SeenAt,
            Running = seen.Running,
            Completed = seen.Completed,
        });
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

/// <summary>A sign of life that cannot be kept may be dropped: the next one comes in seconds.</summary>
internal sealed class ProberSeenConsumerDefinition : ConsumerDefinition<ProberSeenConsumer>
{
    public ProberSeenConsumerDefinition() => EndpointName = "prober-seen";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ProberSeenConsumer> consumerConfigurator,
        IRegistrationContext context)
        => endpointConfigurator.DiscardFaultedMessages();
}
