using System.Net.Sockets;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Http;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Logins;

/// <summary>
/// Connects to a server that gives tokens. Its name is resolved and its addresses are tried as for a target, so that an address that
/// swallows packets costs a moment and not the login (RFC 8305).
/// </summary>
internal sealed class LoginNetwork(NameResolution names, TcpConnector connector, TlsTrust trust, TimeProvider clock)
{
    /// <summary>Which authorities are trusted where the login names none.</summary>
    public TlsTrust Trust => trust;

    /// <summary>Connects, as <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="LoginUnreachableException">There is no connection.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var unread = new ProbeTrace(clock); // LoginCalls has the steps of a login
        var url = context.InitialRequestMessage.RequestUri!;
        var (addresses, failure) = await names.ResolveAsync(url, IpFamilies.Any, unread, cancellationToken);
        if (failure is null)
        {
            (var socket, failure) = await connector.ConnectAsync(addresses, url.Port, unread, cancellationToken);
            if (socket is not null)
            {
                return new NetworkStream(socket, ownsSocket: true);
            }
        }

        throw new LoginUnreachableException(failure!);
    }
}

/// <summary>The server could not be connected to.</summary>
/// <param name="failure">Why, in the words that are used for a target.</param>
internal sealed class LoginUnreachableException(ProbeFailure failure) : Exception(failure.Words)
{
    public ProbeFailure Failure => failure;
}
