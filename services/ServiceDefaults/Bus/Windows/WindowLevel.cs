using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Skypunch.ServiceDefaults.Bus.Windows;

/// <summary>
/// A level of the window: a consumer of the queue, as the broker sees it. All levels pass their messages on to the same consumer of
/// MassTransit.
/// </summary>
internal sealed class WindowLevel(IAsyncBasicConsumer consumer, int size, WindowedChannel window, TimeProvider clock) : IAsyncBasicConsumer
{
    private int _inHand;
    private long _lastAt = clock.GetTimestamp();

    /// <summary>The broker's consumer tag.</summary>
    public string Tag { get; set; } = "";

    public LevelState State => new(size, Volatile.Read(ref _inHand), clock.GetElapsedTime(Volatile.Read(ref _lastAt)));

    public IChannel? Channel => consumer.Channel;

    public async Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _lastAt, clock.GetTimestamp());
        window.Begin(isFull: Interlocked.Increment(ref _inHand) >= size);
        try
        {
            // This includes the acknowledgement.
            await consumer.HandleBasicDeliverAsync(consumerTag, deliveryTag, redelivered, exchange, routingKey, properties, body, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _inHand);
            window.End();
        }
    }

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;

    // The broker cancels the consumer because the queue or its leader is gone.
    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) => consumer.HandleBasicCancelAsync(consumerTag, cancellationToken);

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) => consumer.HandleChannelShutdownAsync(channel, reason);
}
