using System.Net.Sockets;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>One request and its answer on a connection of its own: resolve, connect, handshake, send, read.</summary>
internal sealed class HttpExchange(
    NameResolution names,
    TcpConnector connector,
    TlsHandshake tls,
    HttpClientOfProbes client,
    BodyReader bodies)
{
    /// <summary>
    /// Runs until the answer is read, something fails, or the token is cancelled. Null: the answer came, in full or to the cap; what came of
    /// it is the trace's.
    /// </summary>
    public async Task<ProbeFailure?> RunAsync(HttpHop hop, ProbeTrace trace, CancellationToken cancellationToken)
    {
        var (addresses, failure) = await names.ResolveAsync(hop.Url, hop.IpFamily, trace, cancellationToken);
        if (failure is not null)
        {
            return failure;
        }

        (var socket, failure) = await connector.ConnectAsync(addresses, hop.Url.Port, trace, cancellationToken);
        if (socket is null)
        {
            return failure;
        }

        using (socket)
        {
            (var stream, failure) = await SecureAsync(hop, new NetworkStream(socket, ownsSocket: true), trace, cancellationToken);
            if (stream is null)
            {
                return failure;
            }

            using var connection = new ProbeConnection(stream, hop.IsHttp2, trace);
            return await SendAsync(hop, connection, trace, cancellationToken);
        }
    }

    private async ValueTask<(Stream? Stream, ProbeFailure? Failure)> SecureAsync(
        HttpHop hop,
        NetworkStream stream,
        ProbeTrace trace,
        CancellationToken cancellationToken)
        => hop.Url.Scheme == Uri.UriSchemeHttps ? await tls.RunAsync(stream, hop, trace, cancellationToken) : (stream, null);

    private async Task<ProbeFailure?> SendAsync(HttpHop hop, ProbeConnection connection, ProbeTrace trace, CancellationToken cancellationToken)
    {
        trace.Begin(ProbePhase.Request);
        if (hop.IsHttp2)
        {
            trace.Sent();
        }

        using var ownClient = hop.IsHttp2 ? new HttpClientOfProbes() : null; // a shared one would share connections, too
        try
        {
            using var message = HttpRequests.Of(hop);
            message.Options.Set(ProbeConnection.Key, connection);
            using var response = await (ownClient ?? client).SendAsync(message, cancellationToken);
            var answer = new Answer(response, hop.IsOfTarget);
            trace.Received(answer, response.ReasonPhrase);
            await bodies.ReadAsync(response.Content, answer, hop.UseOfBody(answer.Status), trace, cancellationToken);
            return null;
        }
        catch (Exception e) when (AnswerFaults.AreTheTargets(e))
        {
            // A connection that was cut off because the deadline passed is the deadline's matter.
            cancellationToken.ThrowIfCancellationRequested();
            return AnswerFaults.Of(e, trace.Phase, hop.IsHttp2);
        }
    }
}
