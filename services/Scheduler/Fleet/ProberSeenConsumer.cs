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
        if (await db.Probers.FindAsync([seen.Name], context.CancellationToken) is not { } prober)
        {
            await db.Probers.Where(p => p.LastSeenAt < seen.SeenAt - Kept).ExecuteDeleteAsync(context.CancellationToken);
            db.Probers.Add(prober = new ProberRow
            {
                Name = seen.Name,
                Version = seen.Version,
                StartedAt = seen.StartedAt,
                LastSeenAt = seen.SeenAt,
                Running = seen.Running,
                Completed = seen.Completed,
            });
        }

        prober.Version = seen.Version;
        prober.StartedAt = seen.StartedAt;
        prober.LastSeenAt = seen.SeenAt;
        prober.Running = seen.Running;
        prober.Completed = seen.Completed;
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
