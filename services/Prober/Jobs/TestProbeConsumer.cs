using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Jobs;

/// <summary>Runs one probe at once, outside the schedule and its limit, and answers with its result and trace.</summary>
internal sealed class TestProbeConsumer(HttpProbe probe, ProbeDrain drain, IOptions<ProberOptions> options) : IConsumer<TestProbe>
{
    public async Task Consume(ConsumeContext<TestProbe> context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, drain.Over);
        var result = await probe.RunAsync(context.Message.Job, traced: true, stop.Token);
        await context.RespondAsync(new TestProbed(options.Value.Name, result));
    }
}

/// <summary>The queue of the tests. Somebody waits for the answer: a test that cannot be run is answered with that, and not kept.</summary>
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
        endpointConfigurator.DiscardFaultedMessages();
    }
}
