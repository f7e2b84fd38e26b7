using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>Why no answer came, or not all of it. Pure.</summary>
internal static class AnswerFaults
{
    /// <summary>Whether an exception of an exchange is about the target; every other one is our own fault.</summary>
    public static bool AreTheTargets(Exception exception)
        => exception is HttpRequestException or IOException or InvalidDataException or AuthenticationException;

    /// <summary>What such an exception means in the phase in which it was thrown.</summary>
    public static ProbeFailure Of(Exception exception, ProbePhase phase, HttpHop hop)
    {
        if (exception is MalformedAnswer malformed)
        {
            return new ProbeFailure(ProbeReasons.ProtocolError, malformed.Words, malformed.Advice);
        }

        if (exception is InvalidDataException)
        {
            return new ProbeFailure(ProbeReasons.ProtocolError, "the body is not compressed as its Content-Encoding says");
        }

        var when = phase is ProbePhase.Transfer ? "before the answer was complete" : "before an answer came";
        if (exception.GetBaseException() is SocketException socket)
        {
            var reset = socket.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown;
            return new ProbeFailure(
                ProbeReasons.ConnectionReset,
                reset ? $"connection reset {when}" : $"connection broke ({socket.SocketErrorCode}) {when}");
        }

        // In TLS 1.3 a server judges the client's certificate when the handshake is over for the client (RFC 8446, section 4.4.2.4).
        if (phase is not ProbePhase.Transfer && exception.GetBaseException() is CryptographicException or AuthenticationException)
        {
            return HandshakeFaults.Of(exception, hop.Url.IdnHost, hop.IsHttp2);
        }

        var isHttp2 = hop.IsHttp2;
        return ErrorOf(exception) switch
        {
            HttpRequestError.InvalidResponse => new(ProbeReasons.ProtocolError, $"the answer is not HTTP/{(isHttp2 ? "2" : "1.1")}"),
            HttpRequestError.HttpProtocolError => new(ProbeReasons.ProtocolError, "the answer is not HTTP/2"),
            HttpRequestError.VersionNegotiationError => new(ProbeReasons.ProtocolError, "the server does not speak HTTP/2"),
            HttpRequestError.ConfigurationLimitExceeded =>
                new(ProbeReasons.ProtocolError, $"the answer has more than {Http1Reader.MaxHeadKib} KiB of headers"),
            _ when isHttp2 && phase is not ProbePhase.Transfer =>
                new(ProbeReasons.ProtocolError, "the server does not take up HTTP/2: it may speak HTTP/1.1 only"),
            _ => new(ProbeReasons.ConnectionReset, $"connection closed {when}"),
        };
    }

    private static HttpRequestError? ErrorOf(Exception? exception) => exception switch
    {
        null => null,
        HttpIOException e => e.HttpRequestError,
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } e => e.HttpRequestError,
        _ => ErrorOf(exception.InnerException),
    };
}
