using MassTransit;
using Skypunch.Contracts;

namespace Skypunch.Notifier.Deliveries;

/// <summary>The queue of changes, of which any Notifier takes the next. A database that is away is asked again; later the Scheduler repeats the change anyway.</summary>
internal sealed class StatusChangeConsumerDefinition : ConsumerDefinition<StatusChangeConsumer>
{
    private const int TargetsAtOnce = 8;

    public StatusChangeConsumerDefinition() => EndpointName = "status-changes";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<StatusChangeConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        // The changes of one target are stored in the order in which they come.
        consumerConfigurator.Message<TargetStatusChanged>(message => message.UsePartitioner(TargetsAtOnce, change => change.Message.TargetId));
        endpointConfigurator.UseMessageRetry(retry => retry.Exponential(
            5,
            TimeSpan.FromMilliseconds(200),
            TimeSpan.FromSeconds(5),
            TimeSpan.FromMilliseconds(200)));
    }
}
