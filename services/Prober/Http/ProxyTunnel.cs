using System.Buffers;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>
/// Has a proxy open a tunnel to the target (RFC 9110, section 9.3.6). After the proxy's answer the connection is one to the target.
/// </summary>
internal static class ProxyTunnel
{
    private const int LongestHead = 16 * 1024;

    /// <summary>Opens the tunnel. Null: it is open.</summary>
    public static async Task<ProbeFailure?> OpenAsync(Stream connection, HttpHop hop, HttpProxy proxy, ProbeTrace trace, CancellationToken cancellationToken)
    {
        trace.Begin(ProbePhase.Proxy);
        try
        {
            await connection.WriteAsync(Request(hop, proxy), cancellationToken);
            var head = await ReadHeadAsync(connection, cancellationToken);
            if (head.Status is < 200 or > 299)
            {
                return ProxyFaults.OfAnswer(head, hop, proxy);
            }

            trace.End(StepOutcome.Ok, TraceWords.ProxyTunnel);
            return null;
        }
        catch (IOException e) when (!cancellationToken.IsCancellationRequested)
        {
            return ProxyFaults.OfBroken(e, proxy);
        }
    }

    private static byte[] Request(HttpHop hop, HttpProxy proxy)
    {
        var authority = Http1Request.AuthorityOf(hop.Url);
        var authorization = proxy.Authorization is { } value ? $"Proxy-Authorization: {value}\r\n" : "";
        return Encoding.Latin1.GetBytes($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\nUser-Agent: {UserAgent.Text}\r\n{authorization}\r\n");
    }

    // The head is read byte by byte, since the bytes after it are the target's.
    private static async Task<Http1Head> ReadHeadAsync(Stream connection, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        while (true)
        {
            if (await connection.ReadAsync(bytes.GetMemory(1)[..1], cancellationToken) == 0)
            {
                throw new HttpIOException(HttpRequestError.ResponseEnded, "The proxy has closed the connection.");
            }

            bytes.Advance(1);
            if (bytes.WrittenSpan[^1] == '\n' && Http1Head.LengthIn(bytes.WrittenSpan, bytes.WrittenCount - 1) > 0)
            {
                var head = Http1Head.Parse(bytes.WrittenSpan);
                if (head.Status is not (> 101 and < 200 or 100))
                {
                    return head;
                }

                bytes.Clear(); // an interim answer
            }

            if (bytes.WrittenCount > LongestHead || !Http1Head.CanBegin(bytes.WrittenSpan))
            {
                throw new HttpIOException(HttpRequestError.InvalidResponse, "What answers is no HTTP proxy.");
            }
        }
    }
}
