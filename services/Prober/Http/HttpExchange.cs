using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>One request and its answer on a connection of its own: resolve, connect, handshake, send, read.</summary>
internal sealed class HttpExchange(
    NameResolution names,
    TcpConnector connector,
    TlsHandshake tls,
    Http1Exchange http1,
    Http2Exchange http2,
    StrangeAnswers strange)
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
            (var stream, failure) = await SecureAsync(hop, new NetworkStream(socket), trace, cancellationToken);
            if (stream is null)
            {
                return failure;
            }

            await using (stream)
            {
                return await SendAsync(hop, stream, trace, cancellationToken);
            }
        }
    }

    private async ValueTask<(Stream? Stream, ProbeFailure? Failure)> SecureAsync(
        HttpHop hop,
        NetworkStream stream,
        ProbeTrace trace,
        CancellationToken cancellationToken)
        => hop.Url.Scheme == Uri.UriSchemeHttps ? await tls.RunAsync(stream, hop, trace, cancellationToken) : (stream, null);

    private async Task<ProbeFailure?> SendAsync(HttpHop hop, Stream connection, ProbeTrace trace, CancellationToken cancellationToken)
    {
        trace.Begin(ProbePhase.Request);
        try
        {
            await (hop.IsHttp2 ? http2.RunAsync(hop, connection, trace, cancellationToken) : http1.RunAsync(hop, connection, trace, cancellationToken));
            return null;
        }
        catch (Exception e) when (AnswerFaults.AreTheTargets(e) || (trace.Phase is ProbePhase.Wait or ProbePhase.Transfer && StrangeAnswers.May(e)))
        {
            // A connection that was cut off because the deadline passed is the deadline's matter.
            cancellationToken.ThrowIfCancellationRequested();
            return AnswerFaults.AreTheTargets(e)
                ? AnswerFaults.Of(e, trace.Phase, hop)
                : strange.Of(e, ProbeReasons.ProtocolError, $"the answer is not HTTP/{(hop.IsHttp2 ? "2" : "1.1")}");
        }
    }
}
