using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>A request and its answer on a connection of their own: resolve, connect, handshake, send, read.</summary>
internal sealed class HttpExchange(
    NameResolution names,
    TcpConnector connector,
    TlsHandshake tls,
    Http1Exchange http1,
    Http2Exchange http2,
    StrangeAnswers strange)
{
    /// <summary>
    /// Runs until the answer is read, something fails, or the token is cancelled. Null: the answer came, in full or to the cap. The trace
    /// has the answer.
    /// </summary>
    public async Task<ProbeFailure?> RunAsync(HttpHop hop, ProbeTrace trace, CancellationToken cancellationToken)
    {
        var (socket, failure) = await ConnectAsync(hop, trace, cancellationToken);
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

    // Connects to the target, or to its proxy, which then finds the target's address itself.
    private async Task<(Socket? Socket, ProbeFailure? Failure)> ConnectAsync(HttpHop hop, ProbeTrace trace, CancellationToken cancellationToken)
    {
        if (hop.Proxy is not null && HttpProxy.AddressOf(hop.Url) is { } address && connector.Denies(address) is { } denied)
        {
            trace.Begin(ProbePhase.Connect);
            return (null, denied);
        }

        var first = hop.Proxy?.Url ?? hop.Url;
        var (addresses, failure) = await names.ResolveAsync(first, hop.IpFamily, trace, cancellationToken);
        (var socket, failure) = failure is null ? await connector.ConnectAsync(addresses, first.Port, trace, cancellationToken) : (null, failure);
        if (hop.Proxy is not { } proxy)
        {
            return (socket, failure);
        }

        if (failure is not null)
        {
            return (null, ProxyFaults.OfConnection(failure, proxy));
        }

        trace.Remark("Through the proxy {0}, which finds the address of {1} itself", first.Authority, hop.Url.IdnHost);
        return (socket, null);
    }

    private async ValueTask<(Stream? Stream, ProbeFailure? Failure)> SecureAsync(
        HttpHop hop,
        NetworkStream stream,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        if (hop.Proxy is { } proxy && HttpProxy.Tunnels(hop) && await ProxyTunnel.OpenAsync(stream, hop, proxy, trace, cancellationToken) is { } failure)
        {
            return (null, failure);
        }

        return hop.Url.Scheme == Uri.UriSchemeHttps ? await tls.RunAsync(stream, hop, trace, cancellationToken) : (stream, null);
    }

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
            // Where the deadline has cut the connection off, the failure is a timeout.
            cancellationToken.ThrowIfCancellationRequested();
            return AnswerFaults.AreTheTargets(e)
                ? AnswerFaults.Of(e, trace.Phase, hop)
                : strange.Of(e, ProbeReasons.ProtocolError, $"the answer is not HTTP/{(hop.IsHttp2 ? "2" : "1.1")}");
        }
    }
}
