using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Doubt;
using Skypunch.Prober.Settings;
using Skypunch.ServiceDefaults.Bus.Windows;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Prober.Jobs;

/// <summary>
/// Runs the jobs of a batch side by side and publishes each result as soon as it is there. Returns, and so acknowledges the batch, when all
/// results are published, so that the jobs of a Prober that dies go to another one. A job that finds no place within its patience, or whose
/// time is over, is dropped without a result.
/// </summary>
internal sealed partial class ProbeBatchConsumer(
    FairProbe probe,
    ProbeLimit limit,
    ResultPublisher publisher,
    ProbeDrain drain,
    JobsForOthers others,
    SelfDoubt doubt,
    PassingTargets passing,
    SenderClocks senders,
    LateJobs late,
    ProbeLog probeLog,
    ProberMetrics metrics,
    IOptions<ProberOptions> options,
    TimeProvider clock,
    ILogger<ProbeBatchConsumer> logger) : IConsumer<ProbeBatch>
{
    private const string NotProbedWords = "a fault of Skypunch or of its settings, or a standstill of the prober";
    private const string WithheldWords = "the prober is cut off from its network";
    private const string TooLateWords = "the prober stood still, or its connection to the broker";

    public async Task Consume(ConsumeContext<ProbeBatch> context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, drain.Over);
        foreach (var job in context.Message.Jobs)
        {
            passing.Note(job);
        }

        var fleet = context.Message.Fleet;
        var sendersNow = senders.Now($"{context.SourceAddress}", context.Message.SentAt ?? context.SentTime ?? clock.GetUtcNow().UtcDateTime);
        var jobs = await others.PassOnAsync(context.Message.Jobs, sendersNow, fleet, stop.Token);
        var now = clock.GetTimestamp(); // from here on, time is measured by this machine's clock alone
        var fates = await Task.WhenAll(jobs.Select(job => RunAsync(job, fleet, sendersNow, now, stop.Token)));
        if (fates.Count(fate => fate is Fate.NoPlace) is > 0 and var dropped)
        {
            metrics.Dropped(dropped);
            LogDropped(dropped, jobs.Count);
        }

        if (jobs.Zip(fates, NotProbedOf).OfType<NotProbed>().ToList() is { Count: > 0 } notProbed)
        {
            await context.Publish(new ProbeResults(options.Value.Name, []) { NotProbed = notProbed }, stop.Token);
        }

        if (fates.Count(fate => fate is Fate.TooLate) is > 0 and var tooLate)
        {
            late.Add(tooLate);
        }
    }

    private async Task<Fate> RunAsync(ProbeJob job, ProberFleet? fleet, DateTimeOffset sendersNow, long now, CancellationToken cancellationToken)
    {
        var left = job.StartBy is { } at ? at - sendersNow : job.Patience;
        var startBy = now + (long)(left.TotalSeconds * clock.TimestampFrequency);
        if (left <= TimeSpan.Zero && job.StartBy is not null)
        {
            return Fate.TooLate;
        }

        ProbeResult? result;
        long began;
        using (var place = await limit.TryEnterAsync(left < job.Patience ? left : job.Patience, cancellationToken))
        {
            if (place is null)
            {
                return Fate.NoPlace;
            }

            if (job.StartBy is not null && clock.GetTimestamp() >= startBy)
            {
                return Fate.TooLate; // this process stood still while the job waited
            }

            began = clock.GetTimestamp();
            result = await TryProbeAsync(job, startBy, cancellationToken);
        }

        if (result is null)
        {
            return Fate.NotProbed;
        }

        if (await doubt.IsOwnFaultAsync(job, result, began, fleet))
        {
            return Fate.Withheld;
        }

        probeLog.Write(job, result);
        await publisher.PublishAsync(job, result).WaitAsync(cancellationToken);
        return Fate.Begun;
    }

    // A job that ends without a result is reported, since its target would wait for the end of the job's lease. A job that found no place
    // is not: where there is too much to do, that wait is wanted.
    private static NotProbed? NotProbedOf(ProbeJob job, Fate fate) => fate switch
    {
        Fate.NotProbed => new NotProbed(job.TargetId, job.Slot, NotProbedWords),
        Fate.Withheld => new NotProbed(job.TargetId, job.Slot, WithheldWords) { IsWithheld = true },
        Fate.TooLate => new NotProbed(job.TargetId, job.Slot, TooLateWords) { IsWithheld = true },
        _ => null,
    };

    // Null: there is no verdict, or the fault is ours. The Scheduler is told, and the slot counts as missed. The batch's other jobs go on.
    private async Task<ProbeResult?> TryProbeAsync(ProbeJob job, long startBy, CancellationToken cancellationToken)
    {
        try
        {
            using var step = SkypunchTelemetry.Continue("probe", job.TraceParent, ActivityKind.Consumer);
            if (await probe.RunAsync(job, traced: false, startBy, cancellationToken) is not { } result)
            {
                return null;
            }

            metrics.Ended(result);
            return step is null ? result : Tag(result, step);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.NotRun();
            LogProbeNotRun(job.TargetId, e);
            return null;
        }
    }

    private enum Fate
    {
        Begun,
        NoPlace,
        TooLate,
        NotProbed,
        Withheld,
    }

    private static ProbeResult Tag(ProbeResult result, Activity step)
    {
        step.SetTag("skypunch.target.id", result.TargetId).SetTag("skypunch.reason", result.Reason);
        step.SetStatus(result.Passed ? ActivityStatusCode.Ok : ActivityStatusCode.Error, result.Passed ? null : result.Description);
        return result with { TraceParent = step.Id };
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Target {TargetId} could not be probed. This is a fault of Skypunch or of its settings, not of the target.")]
    private partial void LogProbeNotRun(long targetId, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Dropped} of {Jobs} probes of a batch found no place in time and were dropped: this Prober has too much to do. "
            + "Raise Prober:MaxConcurrentProbes or run more Probers.")]
    private partial void LogDropped(int dropped, int jobs);
}

/// <summary>The queue that all Probers take batches from.</summary>
internal sealed class ProbeBatchConsumerDefinition : ConsumerDefinition<ProbeBatchConsumer>
{
    private readonly int _batches;
    private readonly ProbeLimit _limit;
    private readonly TimeProvider _clock;

    public ProbeBatchConsumerDefinition(ProbeLimit limit, IOptions<ProberOptions> options, TimeProvider clock)
    {
        (_batches, _limit, _clock) = (options.Value.MaxConcurrentBatches, limit, clock);
        EndpointName = "probe-jobs";
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ProbeBatchConsumer> consumerConfigurator,
        IRegistrationContext context)
        => endpointConfigurator.UseReceiveWindow(_batches, _clock, () => new WorkInHand(_limit.InHand, _limit.Places));
}
