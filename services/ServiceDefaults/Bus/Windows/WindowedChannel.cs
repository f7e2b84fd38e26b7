using System.Threading.Channels;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Skypunch.ServiceDefaults.Bus.Windows;

/// <summary>
/// The channel as MassTransit sees it, with one consumer. At the broker it has several consumers, the levels, each with a prefetch of its
/// own. They are started and cancelled as <see cref="WindowRule"/> says. A lower level has a higher priority at the broker, so that of
/// several processes the one with the fewest messages in hand gets the next message.
/// </summary>
internal sealed class WindowedChannel : ScopeChannelContext, ChannelContext
{
    private const string Tag = "window";

    // The end of a message wakes nobody, so while all levels are full the state is checked at this interval.
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan QuietPause = TimeSpan.FromSeconds(1);

    private readonly ChannelContext _channel;
    private readonly ReceiveWindow _window;
    private readonly Channel<bool> _wakeUps = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _ended = new();
    private readonly List<WindowLevel> _levels = [];
    private Order? _order;
    private Task _keeping = Task.CompletedTask;
    private int _inHand;

    public WindowedChannel(ChannelContext channel, ReceiveWindow window)
        : base(channel, CancellationToken.None)
        => (_channel, _window) = (channel, window);

    /// <summary>To be called when a message has come.</summary>
    /// <param name="isFull">Whether its level is full now.</param>
    public void Begin(bool isFull)
    {
        Interlocked.Increment(ref _inHand);
        if (isFull)
        {
            _wakeUps.Writer.TryWrite(true);
        }
    }

    /// <summary>To be called when a message is handled.</summary>
    public void End() => Interlocked.Decrement(ref _inHand);

    ValueTask ChannelContext.BasicAck(ulong deliveryTag, bool multiple, CancellationToken cancellationToken) => _channel.BasicAck(deliveryTag, multiple, cancellationToken);

    async Task<string> ChannelContext.BasicConsume(
        string queue, bool noAck, bool exclusive, IDictionary<string, object> arguments, IAsyncBasicConsumer consumer, string consumerTag, CancellationToken cancellationToken)
    {
        _order = new Order(queue, arguments, consumer);
        await consumer.HandleBasicConsumeOkAsync(Tag, cancellationToken);
        await OpenAsync(_order, Math.Min(WindowRule.Smallest, _window.Most), cancellationToken);
        _keeping = KeepAsync(_order);
        return Tag;
    }

    async Task ChannelContext.BasicCancel(string consumerTag, CancellationToken cancellationToken)
    {
        await StopKeepingAsync(cancellationToken);
        while (_levels.Count > 0)
        {
            await CloseAsync(cancellationToken);
        }

        if (_order is { } order)
        {
            await order.Consumer.HandleBasicCancelOkAsync(consumerTag, cancellationToken);
        }
    }

    /// <summary>Ends this object's own work when the channel is no longer used.</summary>
    public async Task EndAsync()
    {
        await StopKeepingAsync(CancellationToken.None);
        _ended.Dispose();
        Dispose();
    }

    // A request to the broker that is under way is awaited and not cancelled: otherwise the broker might have a consumer that this process
    // does not know of, whose messages nobody handles.
    private async Task StopKeepingAsync(CancellationToken cancellationToken)
    {
        await _ended.CancelAsync();
        await _keeping.WaitAsync(cancellationToken);
    }

    private async Task KeepAsync(Order order)
    {
        try
        {
            while (!_ended.IsCancellationRequested)
            {
                var states = _levels.ConvertAll(level => level.State);
                switch (WindowRule.Next(states, Volatile.Read(ref _inHand), _window.Most, _window.Work()))
                {
                    case 0:
                        await PauseAsync(states);
                        break;
                    case WindowRule.Close:
                        await CloseAsync(CancellationToken.None);
                        break;
                    case var size:
                        await OpenAsync(order, size, CancellationToken.None);
                        break;
                }
            }
        }
        catch (Exception) when (_ended.IsCancellationRequested)
        {
            // The channel is no longer used.
        }
        catch (Exception e)
        {
            _channel.NotifyFaulted(e, _window.Queue()); // the broker's state is unknown: MassTransit begins again with a new channel
        }
    }

    private async Task PauseAsync(List<LevelState> states)
    {
        var isFull = states.Sum(state => state.Size - state.InHand) <= 0;
        using var timer = isFull || states.Count > 1
            ? _window.Clock.CreateTimer(_ => _wakeUps.Writer.TryWrite(true), null, isFull ? FullPause : QuietPause, Timeout.InfiniteTimeSpan)
            : null;
        await _wakeUps.Reader.ReadAsync(_ended.Token);
    }

    private async Task OpenAsync(Order order, int size, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, object>(order.Arguments) { ["x-priority"] = -_levels.Count };
        var level = new WindowLevel(order.Consumer, size, this, _window.Clock);
        await _channel.BasicQos(0, (ushort)size, false, cancellationToken);
        level.Tag = await _channel.BasicConsume(order.Queue, false, false, arguments, level, "", cancellationToken);
        _levels.Add(level);
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        var top = _levels[^1];
        _levels.RemoveAt(_levels.Count - 1);
        await _channel.BasicCancel(top.Tag, cancellationToken); // its messages stay in hand
    }

    private sealed record Order(string Queue, IDictionary<string, object> Arguments, IAsyncBasicConsumer Consumer);
}
