using MassTransit;
using Skypunch.ServiceDefaults.Bus.Windows;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// The queue of changes. Any Notifier takes the next batch. The Scheduler keeps the order of a target's changes: it publishes the next
/// change when this one is stored. It publishes again what is lost.
/// </summary>
internal sealed class StatusChangeConsumerDefinition : ConsumerDefinition<StatusChangeConsumer>
{
    private const int BatchesAtOnce = 4;

    private readonly TimeProvider _clock;

    public StatusChangeConsumerDefinition(TimeProvider clock)
    {
        EndpointName = "status-changes";
        _clock = clock;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<StatusChangeConsumer> consumerConfigurator,
        IRegistrationContext context)
        => endpointConfigurator.UseReceiveWindow(BatchesAtOnce, _clock);
}
