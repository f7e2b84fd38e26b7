using MassTransit;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// The queue of changes, of which any Notifier takes the next batch. The order of a target's changes needs no care here: its next one comes when this one is stored.
/// A database that is away is asked again; later the Scheduler repeats the changes anyway.
/// </summary>
internal sealed class StatusChangeConsumerDefinition : ConsumerDefinition<StatusChangeConsumer>
{
    private const int BatchesAtOnce = 4;

    public StatusChangeConsumerDefinition()
    {
        EndpointName = "status-changes";
        ConcurrentMessageLimit = BatchesAtOnce;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<StatusChangeConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.UseMessageRetry(retry => retry.Exponential(
            5,
            TimeSpan.FromMilliseconds(200),
            TimeSpan.FromSeconds(5),
            TimeSpan.FromMilliseconds(200)));
    }
}
