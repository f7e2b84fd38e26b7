using MassTransit;
using MassTransit.RabbitMqTransport;

namespace Skypunch.ServiceDefaults.Bus.Windows;

/// <summary>
/// Limits how many unacknowledged messages of a queue the broker gives to a process: the messages that the process is handling, and a few
/// more. With a fixed prefetch for the worst case, a process that stands still would take its share of all new messages for as long as the
/// broker believes it to be alive; and no messages would wait in the queue, by which an autoscaler sees that all processes are busy
/// (decision 22).
/// </summary>
internal sealed class ReceiveWindow(int most, Func<WorkInHand> work, Func<Uri> queue, TimeProvider clock) : IFilter<ChannelContext>
{
    /// <summary>The most messages that may be in hand, that is, received and not yet acknowledged.</summary>
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

/// <summary>Adds a <see cref="ReceiveWindow"/> to an endpoint.</summary>
public static class ReceiveWindowExtensions
{
    /// <summary>
    /// Adds the window, so that the endpoint receives a few messages more than it is handling. On a bus in memory only the upper limit
    /// applies.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="most">The most messages in hand.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="work">Measures the work that the messages in hand have brought; null: all messages are alike.</param>
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
