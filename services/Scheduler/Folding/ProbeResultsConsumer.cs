using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Bus.Windows;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// Folds the Probers' results, then at once publishes the status changes and wakes the claim for targets whose next probe was brought
/// forward.
/// </summary>
internal sealed partial class ProbeResultsConsumer(
    StorePatience<SchedulerDb> store,
    StatusChangePublisher publisher,
    StatusChangeRelay relay,
    TargetClaimer claimer,
    FoldMetrics metrics,
    ILogger<ProbeResultsConsumer> logger) : IConsumer<ProbeResults>
{
    public async Task Consume(ConsumeContext<ProbeResults> context)
    {
        var (changes, broughtForward, asked, contradictions) = await store.RunAsync(
            (ResultFold fold) => fold.FoldAsync(context.Message, context.CancellationToken),
            context.CancellationToken);
        publisher.PublishFresh(changes.Where(change => change.AnnounceAfter is not null));
        metrics.Folded(context.Message.Results.Count);
        foreach (var change in changes.Where(change => change.Decision is not Decision.ToldLate)) // that one was counted when it was made
        {
            metrics.Changed(TargetStatusConverter.Write(change.ToStatus));
        }

        metrics.AskedAnother(asked);
        foreach (var contradiction in contradictions)
        {
            metrics.Contradicted(contradiction.Prober);
            LogContradicted(contradiction.Prober, contradiction.TargetId, contradiction.Target, context.Message.Prober);
        }

        if (changes.Any(change => change is { StoredAt: null, AnnounceAfter: null }))
        {
            relay.Wake(); // the Notifier may have confirmed the target's change before this one meanwhile
        }

        if (broughtForward is { } at)
        {
            claimer.BringForward(at);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The Prober {Prober} saw the target {TargetId} ({Target}) fail, and the Prober {Other}, asked at once, saw it pass: the target stays as it is. "
            + "If this repeats, look at the network of {Prober}.")]
    private partial void LogContradicted(string prober, long targetId, string target, string other);
}

/// <summary>The queue of the results. MySQL locks row by row, so several messages are folded side by side.</summary>
internal sealed class ProbeResultsConsumerDefinition : ConsumerDefinition<ProbeResultsConsumer>
{
    private readonly int _folds;
    private readonly TimeProvider _clock;

    public ProbeResultsConsumerDefinition(IOptions<SchedulerOptions> options, TimeProvider clock)
    {
        EndpointName = "probe-results";
        (_folds, _clock) = (options.Value.FoldConcurrency, clock);
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ProbeResultsConsumer> consumerConfigurator,
        IRegistrationContext context)
        => endpointConfigurator.UseReceiveWindow(_folds, _clock);
}
