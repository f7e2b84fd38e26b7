using MassTransit;
using MassTransit.RabbitMqTransport;

namespace Skypunch.ServiceDefaults.Bus.Windows;

/// <summary>
/// How many messages of a queue a process is given: as many as it has in hand, and a few more. A prefetch that is enough for the worst case would have a process that stands still take its share of all that
/// comes, for as long as the broker takes it for alive, and would leave nothing at the broker by which a scaler sees that all are busy. (Decision 22.)
/// </summary>
internal sealed class ReceiveWindow(int most, Func<WorkInHand> work, Func<Uri> queue, TimeProvider clock) : IFilter<ChannelContext>
{
    /// <summary>The most messages that may be in hand.</summary>
    public int Most => most;

    public Func<WorkInHand> Work => work;

    /// <summary>The address of the queue.</summary>
    public Func<Uri> Queue => queue;

    public TimeProvider Clock => clock;

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var channel = new WindowedChannel(context, this);
        try
        {
            await next.Send(channel);
        }
        finally
        {
            await channel.EndAsync();
        }
    }

    void IProbeSite.Probe(ProbeContext context) => context.CreateFilterScope("receiveWindow");
}

/// <summary>Has an endpoint receive by a window.</summary>
public static class ReceiveWindowExtensions
{
    /// <summary>Has the endpoint take from the broker what it has in hand and a few messages more. A bus in memory has its limits alone.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="most">The most messages in hand.</param>
    /// <param name="clock">The time.</param>
    /// <param name="work">The work that they have brought; null: they are all alike.</param>
    public static void UseReceiveWindow(this IReceiveEndpointConfigurator endpoint, int most, TimeProvider clock, Func<WorkInHand>? work = null)
    {
        endpoint.PrefetchCount = most;
        endpoint.ConcurrentMessageLimit = most;
        if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
        {
            queue.ConfigureChannel(pipe => pipe.UseFilter(new ReceiveWindow(most, work ?? (static () => WorkInHand.Unmeasured), () => endpoint.InputAddress, clock)));
        }
    }
}
