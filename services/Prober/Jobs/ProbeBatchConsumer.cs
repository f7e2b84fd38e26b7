using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// Runs the jobs of a batch side by side and publishes each result as soon as it is there. Returns, and so acknowledges the batch, when all
/// results are published:
/// the jobs of a Prober that dies go to another one.
/// </summary>
internal sealed partial class ProbeBatchConsumer(
    HttpProbe probe,
    ProbeLimit limit,
    ResultPublisher publisher,
    ProbeDrain drain,
    ProbeLog probeLog,
    ILogger<ProbeBatchConsumer> logger) : IConsumer<ProbeBatch>
{
    public async Task Consume(ConsumeContext<ProbeBatch> context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, drain.Over);
        await Task.WhenAll(context.Message.Jobs.Select(job => RunAsync(job, stop.Token)));
    }

    private async Task RunAsync(ProbeJob job, CancellationToken cancellationToken)
    {
        if (await TryProbeAsync(job, cancellationToken) is { } result)
        {
            probeLog.Write(job, result);
            await publisher.PublishAsync(result).WaitAsync(cancellationToken);
        }
    }

    // Null: the fault is ours. There is no result then, and the slot counts as missed; the batch's other jobs go on.
    private async Task<ProbeResult?> TryProbeAsync(ProbeJob job, CancellationToken cancellationToken)
    {
        try
        {
            return await limit.RunAsync(token => probe.RunAsync(job, traced: false, token), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogProbeNotRun(job.TargetId, e);
            return null;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Target {TargetId} could not be probed. This is a fault of Skypunch or of its settings, not of the target.")]
    private partial void LogProbeNotRun(long targetId, Exception exception);
}

/// <summary>The queue that all Probers take batches from.</summary>
internal sealed class ProbeBatchConsumerDefinition : ConsumerDefinition<ProbeBatchConsumer>
{
    private readonly int _batches;

    public ProbeBatchConsumerDefinition(IOptions<ProberOptions> options)
    {
        _batches = options.Value.MaxConcurrentBatches;
        EndpointName = "probe-jobs";
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ProbeBatchConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = _batches;
        endpointConfigurator.ConcurrentMessageLimit = _batches;

        // Back to the queue for another Prober, instead of an error queue that nobody reads.
        endpointConfigurator.RethrowFaultedMessages();
        endpointConfigurator.PublishFaults = false;
    }
}
