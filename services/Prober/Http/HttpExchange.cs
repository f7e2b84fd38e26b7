using System.Net.Sockets;
using Skypunch.Prober.Authentication;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>One request and its answer on a connection of its own: resolve, connect, handshake, send, read.</summary>
internal sealed class HttpExchange(TcpConnector connector, TlsHandshake tls, HttpClientOfProbes client)
{
    /// <summary>
    /// Runs until the answer is read, something fails, or the token is cancelled. Null: the answer came, in full or to the cap.
    /// </summary>
    public async Task<ProbeFailure?> RunAsync(
        ProbeRequest request,
        Credentials credentials,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        var (addresses, failure) = await NameResolution.ResolveAsync(request.Url, trace, cancellationToken);
        if (failure is not null)
        {
            return failure;
        }

        (var socket, failure) = await connector.ConnectAsync(addresses, request.Url.Port, trace, cancellationToken);
        if (socket is null)
        {
            return failure;
        }

        using (socket)
        {
            (var stream, failure) = await SecureAsync(request.Url, new NetworkStream(socket, ownsSocket: true), trace, cancellationToken);
            if (stream is null)
            {
                return failure;
            }

            using var connection = new ProbeConnection(stream, trace);
            return await SendAsync(request, credentials, connection, trace, cancellationToken);
        }
    }

    private async ValueTask<(Stream? Stream, ProbeFailure? Failure)> SecureAsync(
        Uri url,
        NetworkStream stream,
        ProbeTrace trace,
        CancellationToken cancellationToken)
        => url.Scheme == Uri.UriSchemeHttps ? await tls.RunAsync(stream, url.IdnHost, trace, cancellationToken) : (stream, null);

    private async Task<ProbeFailure?> SendAsync(
        ProbeRequest request,
        Credentials credentials,
        ProbeConnection connection,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        trace.Begin(ProbePhase.Request);
        try
        {
            using var message = HttpRequests.Of(request, credentials);
            message.Options.Set(ProbeConnection.Key, connection);
            using var response = await client.SendAsync(message, cancellationToken);
            trace.StatusCode = (int)response.StatusCode;
            trace.Remark("Received {0} {1}", trace.StatusCode, response.ReasonPhrase);
            HttpRequests.Remark(response, trace);
            await BodyReader.ReadAsync(response.Content, trace, cancellationToken);
            return null;
        }
        catch (Exception e) when (AnswerFaults.AreTheTargets(e))
        {
            // A connection that was cut off because the deadline passed is the deadline's matter.
            cancellationToken.ThrowIfCancellationRequested();
            return AnswerFaults.Of(e, trace.Phase);
        }
    }
}
