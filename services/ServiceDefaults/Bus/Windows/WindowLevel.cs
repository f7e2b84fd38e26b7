using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Skypunch.ServiceDefaults.Bus.Windows;

/// <summary>
/// One consumer of the queue, as the broker sees it. It gives what it gets to MassTransit's consumer, of which all levels are a part.
/// </summary>
internal sealed class WindowLevel(IAsyncBasicConsumer consumer, int size, WindowedChannel window, TimeProvider clock) : IAsyncBasicConsumer
{
    private int _inHand;
    private long _lastAt = clock.GetTimestamp();

    /// <summary>By what the broker knows it.</summary>
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
            await consumer.HandleBasicDeliverAsync(consumerTag, deliveryTag, redelivered, exchange, routingKey, properties, body, cancellationToken); // acknowledged, too
        }
        finally
        {
            Interlocked.Decrement(ref _inHand);
            window.End();
        }
    }

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;

    // The broker ends it: the queue is gone, or its leader.
    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) => consumer.HandleBasicCancelAsync(consumerTag, cancellationToken);

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) => consumer.HandleChannelShutdownAsync(channel, reason);
}
