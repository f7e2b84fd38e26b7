using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Metrics;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>Folds what the Probers found, and has done at once what follows from it.</summary>
internal sealed class ProbeResultsConsumer(
    StorePatience<SchedulerDb> store,
    StatusChangePublisher publisher,
    StatusChangeRelay relay,
    TargetClaimer claimer,
    SchedulerMetrics metrics) : IConsumer<ProbeResults>
{
    public async Task Consume(ConsumeContext<ProbeResults> context)
    {
        var (changes, broughtForward) = await store.RunAsync(
            (ResultFold fold) => fold.FoldAsync(context.Message, context.CancellationToken),
            context.CancellationToken);
        publisher.PublishFresh(changes.Where(change => change.AnnounceAfter is not null));
        metrics.Folded(context.Message.Results.Count);
        foreach (var change in changes)
        {
            metrics.Changed(TargetStatusConverter.Write(change.ToStatus));
        }

        if (changes.Any(change => change is { StoredAt: null, AnnounceAfter: null }))
        {
            relay.Wake(); // the one before it may have been answered meanwhile
        }

        if (broughtForward is { } at)
        {
            claimer.BringForward(at);
        }
    }
}

/// <summary>Results are folded in parallel where rows are locked one by one.</summary>
internal sealed class ProbeResultsConsumerDefinition : ConsumerDefinition<ProbeResultsConsumer>
{
    public ProbeResultsConsumerDefinition(IOptions<SchedulerOptions> options)
    {
        EndpointName = "probe-results";
        ConcurrentMessageLimit = options.Value.FoldConcurrency;
    }
}
