namespace Skypunch.Notifier.Channels.Http;

/// <summary>
/// A channel that sends an HTTP request for each message. The status means the same in all of them. A channel whose receiver refuses
/// messages in the body of an answer overrides <see cref="Judge"/>.
/// </summary>
internal abstract class HttpChannel(HttpNetwork network) : Channel<HttpCall, HttpAnswer>
{
    public override SendOutcome Judge(HttpCall request, HttpAnswer answer) => HttpVerdict.Of(request, answer);

    public override IChannelSender<HttpCall, HttpAnswer> NewSender(TimeSpan timeout, bool isWaitedFor) => network.NewSender(timeout);
}
