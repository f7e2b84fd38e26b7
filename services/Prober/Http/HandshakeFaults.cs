using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>Why a TLS handshake failed, where the server's certificate was not the cause. Pure.</summary>
internal static class HandshakeFaults
{
    /// <summary>What an exception of the handshake means.</summary>
    public static ProbeFailure Of(Exception exception, string host, bool isHttp2)
    {
        if (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown })
        {
            return new ProbeFailure(ProbeReasons.ConnectionReset, "connection reset during the TLS handshake");
        }

        if (exception is IOException && exception.InnerException is null)
        {
            return new ProbeFailure(ProbeReasons.TlsError, "connection closed during the TLS handshake");
        }

        // OpenSSL's message ends with the cause: "error:0A00010B:SSL routines::wrong version number".
        var innermost = exception.GetBaseException().Message.TrimEnd('.');
        var why = innermost[(innermost.LastIndexOf("::", StringComparison.Ordinal) is var at && at >= 0 ? at + 2 : 0)..];
        var (words, advice) = Known(why, host, isHttp2);
        return new ProbeFailure(
            why.Contains("no application protocol", StringComparison.Ordinal) ? ProbeReasons.ProtocolError : ProbeReasons.TlsError,
            words)
        { Advice = advice };
    }

    // The names of OpenSSL's errors, of the alerts of RFC 8446, section 6.2, and the words of SslStream for a first frame that is not TLS.
    private static (string Words, string? Advice) Known(string why, string host, bool isHttp2)
    {
        if (Has("no application protocol"))
        {
            return isHttp2
                ? ("the server does not speak HTTP/2", "Enable HTTP/2 at the server, or set the target's http_version to 1.1.")
                : ("the server does not speak HTTP/1.1", "It may speak HTTP/2 only: set the target's http_version to 2.");
        }

        if (Has("ZERO_RETURN"))
        {
            return ("connection closed during the TLS handshake", null);
        }

        if (Has("unsupported protocol") || Has("alert protocol version"))
        {
            return ("TLS handshake failed: the server speaks no version of TLS that is safe", $"Enable TLS 1.2 or 1.3 at {host}.");
        }

        if (Has("wrong version number") || Has("packet length too long") || Has("frame size"))
        {
            return (
                "TLS handshake failed: what answers there does not speak TLS",
                $"See whether {host} speaks plain HTTP at that port: the URL would begin with http://.");
        }

        return Has("certificate required") || Has("alert bad certificate") || Has("alert unknown ca") || Has("alert handshake failure")
            ? (
                $"TLS handshake failed: the server refused it ({why})",
                "It may want a client certificate: see the target's tls.client_certificate, and the authorities that the server trusts.")
            : ($"TLS handshake failed: {why}", null);

        bool Has(string part) => why.Contains(part, StringComparison.OrdinalIgnoreCase);
    }
}
