namespace Skypunch.Notifier.Channels;

/// <summary>A channel: its description, and the steps check, render, send and judge. Only sending is not pure.</summary>
/// <typeparam name="TRequest">What goes out.</typeparam>
/// <typeparam name="TAnswer">What comes back, before it is judged.</typeparam>
internal abstract class Channel<TRequest, TAnswer> : IChannel
    where TRequest : class
    where TAnswer : class
{
    public abstract ChannelDescription Description { get; }

    public abstract IReadOnlyList<ChannelFault> Check(ChannelForm form);

    /// <summary>Makes the message. Pure: each attempt of a delivery sends the same words.</summary>
    /// <param name="form">A form that the check has passed.</param>
    /// <param name="telling">What is told.</param>
    /// <exception cref="UnreadableException">The stored change cannot be made into a message.</exception>
    public abstract TRequest Render(ChannelForm form, Telling telling);

    /// <summary>What the answer means: the message is sent, is to be sent again, or is given up. Pure.</summary>
    public abstract SendOutcome Judge(TRequest request, TAnswer answer);

    /// <summary>Makes the sender, which does not connect yet.</summary>
    public abstract IChannelSender<TRequest, TAnswer> NewSender(TimeSpan timeout, bool isWaitedFor);

    public IChannelSession Open(TimeSpan timeout, bool isWaitedFor) => new ChannelSession<TRequest, TAnswer>(this, NewSender(timeout, isWaitedFor));
}

/// <summary>Sends what a channel has rendered: the only part of a channel that touches the outside.</summary>
internal interface IChannelSender<in TRequest, TAnswer> : IDisposable
{
    /// <summary>Sends a request. What the other end does is an answer, never an exception.</summary>
    /// <param name="request">What goes out.</param>
    /// <param name="mayBegin">Asked at the last moment whether the message may still be sent.</param>
    /// <param name="cancellationToken">Breaks the sending off.</param>
    /// <returns>The answer; null where <paramref name="mayBegin"/> said no, and nothing was sent.</returns>
    public Task<TAnswer?> SendAsync(TRequest request, Func<CancellationToken, Task<bool>> mayBegin, CancellationToken cancellationToken);

    /// <summary>Ends the conversation with the other end as its protocol wants it: with QUIT in SMTP.</summary>
    public Task CloseAsync(CancellationToken cancellationToken);
}
