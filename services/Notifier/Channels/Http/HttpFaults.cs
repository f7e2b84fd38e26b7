using System.Net.Sockets;
using System.Security.Authentication;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>Why a request has no answer, in words without the path of its URL. Pure.</summary>
internal static class HttpFaults
{
    private const string CheckUrl = "Check the URL, and that no firewall is in the way.";

    /// <summary>The server did not answer in time.</summary>
    public static HttpAnswer Silent(HttpCall call, TimeSpan waited)
        => new() { Fault = $"{call.Origin} did not answer within {waited.TotalSeconds:0.#} s", Hint = $"{CheckUrl} The message may have been accepted.", MayHaveArrived = true };

    /// <summary>What an exception means; null where neither a server nor the network causes such an exception.</summary>
    public static HttpAnswer? Of(HttpCall call, Exception exception) => exception switch
    {
        EgressDeniedException e => new()
        {
            Fault = $"Skypunch may not connect to {string.Join(", ", e.Addresses)}, where {call.Origin} leads",
            Hint = "The Notifier's egress policy denies this address: see whether the URL leads where it should; Notifier:EgressAllow allows a network.",
        },
        SocketException e => new() { Fault = $"no connection to {call.Origin}: {SocketWords.Of(e)}", Hint = CheckUrl },
        AuthenticationException e => new()
        {
            Fault = $"no TLS with {call.Origin}: {ShortLine.Of(e.Message)}",
            Hint = "The certificate of the server must be signed by an authority that the machine of the Notifier trusts, and name the host of the URL.",
        },
        HttpRequestException { InnerException: { } inner } when Of(call, inner) is { } answer => answer,
        HttpRequestException or IOException => new() { Fault = $"the connection to {call.Origin} broke: {ShortLine.Of(exception.Message)}", Hint = CheckUrl, MayHaveArrived = true },
        _ => null,
    };
}
