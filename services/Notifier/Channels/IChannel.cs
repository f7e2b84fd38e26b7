namespace Skypunch.Notifier.Channels;

/// <summary>
/// A way to reach people. Deliveries and the admin API know no more of a channel than this interface. A channel derives from
/// <see cref="Channel{TRequest, TAnswer}"/>; docs/notifiers.md says how to add one.
/// </summary>
internal interface IChannel
{
    /// <summary>What the channel is, and what a notifier of its type has to give.</summary>
    public ChannelDescription Description { get; }

    /// <summary>All faults that keep a notifier from being used. Pure.</summary>
    public IReadOnlyList<ChannelFault> Check(ChannelForm form);

    /// <summary>Opens a session, which sends one message after the other.</summary>
    /// <param name="timeout">How long it may take until the other end has a message, connecting included.</param>
    /// <param name="isWaitedFor">Whether a caller waits for the outcome. Then the timeout also bounds the time to accept a message.</param>
    public IChannelSession Open(TimeSpan timeout, bool isWaitedFor);
}

/// <summary>
/// Sends messages one after the other, over one connection where that is possible. What the other end does is a value, never an exception.
/// </summary>
internal interface IChannelSession : IDisposable
{
    /// <summary>Sends a message to a notifier.</summary>
    /// <param name="form">The notifier's address and parameters.</param>
    /// <param name="telling">What the notifier is told.</param>
    /// <param name="mayBegin">Asked at the last moment whether the message may still be sent.</param>
    /// <param name="cancellationToken">Breaks the sending off. It is not known then whether the other end has the message.</param>
    public Task<SendOutcome> SendAsync(ChannelForm form, Telling telling, Func<CancellationToken, Task<bool>> mayBegin, CancellationToken cancellationToken);

    /// <summary>Ends the session: nothing more is to be sent.</summary>
    public Task CloseAsync(CancellationToken cancellationToken);
}
