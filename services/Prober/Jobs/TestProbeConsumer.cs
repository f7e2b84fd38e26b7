using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Settings;

namespace Skypunch.Prober.Jobs;

/// <summary>Runs one probe at once, outside the schedule and its limit, and answers with its result and trace.</summary>
internal sealed partial class TestProbeConsumer(
    FairProbe probe,
    ProbeDrain drain,
    IOptions<ProberOptions> options,
    TimeProvider clock,
    ILogger<TestProbeConsumer> logger) : IConsumer<TestProbe>
{
    public async Task Consume(ConsumeContext<TestProbe> context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, drain.Over);
        var result = await RunAsync(context.Message.Job, stop.Token);
        await context.RespondAsync(new TestProbed(options.Value.Name, result));
    }

    // Somebody waits for the answer, so a fault of ours is answered, too.
    private async Task<ProbeResult> RunAsync(ProbeJob job, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.RunAsync(job, traced: true, startBy: long.MaxValue, cancellationToken)
                ?? NotRun(job, "the prober stood still each time it ran the probe: this says nothing of the target", "Give its machine more processor or memory, and test again.");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogTestNotRun(job.TargetId, e);
            return NotRun(
                job,
                "the prober could not run the probe: this is a fault of Skypunch or of its settings, not of the target",
                $"The log of the prober {options.Value.Name} tells more.");
        }
    }

    private ProbeResult NotRun(ProbeJob job, string description, string advice) => new()
    {
        TargetId = job.TargetId,
        Slot = job.Slot,
        Revision = job.Revision,
        StartedAt = clock.GetUtcNow(),
        Duration = TimeSpan.Zero,
        Reason = ProbeReasons.Internal,
        Description = description,
        Advice = advice,
        Trace = [],
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The test of target {TargetId} could not be run. This is no fault of the target.")]
    private partial void LogTestNotRun(long targetId, Exception exception);
}

/// <summary>
/// The queue of the tests. Somebody waits for the answer, so a test that cannot be run is answered with the reason, and is not tried again.
/// </summary>
internal sealed class TestProbeConsumerDefinition : ConsumerDefinition<TestProbeConsumer>
{
    private const int MostAtOnce = 32;

    public TestProbeConsumerDefinition() => EndpointName = "probe-tests";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TestProbeConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = MostAtOnce;
        endpointConfigurator.ConcurrentMessageLimit = MostAtOnce;
    }
}
