using Microsoft.Extensions.Options;
using Skypunch.Notifier.Model;
using Skypunch.ServiceDefaults.Egress;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>Makes the senders of the channels that use HTTP. They connect only where the egress policy of the settings allows it.</summary>
internal sealed class HttpNetwork(IOptions<NotifierOptions> options, TimeProvider clock)
{
    private readonly EgressPolicy _egress = new(options.Value.EgressAllow, options.Value.EgressDeny);

    /// <summary>Makes a sender.</summary>
    public HttpSender NewSender(TimeSpan timeout) => new(new HostConnector(clock, _egress), timeout, clock);
}
