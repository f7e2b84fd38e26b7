using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Prober.Http;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Logins;

/// <summary>Why a server gave no answer to a login, and what to do about it. Pure.</summary>
internal static class LoginFaults
{
    /// <summary>Whether this machine has run out of a resource. Such an error says nothing about the server.</summary>
    public static bool AreOurs(HttpRequestException exception)
        => exception.GetBaseException() is SocketException socket
        && SocketFaults.AreOurs(socket.SocketErrorCode, AddressFamily.InterNetwork);

    /// <summary>What an exception of the HTTP client means.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="server">The server's URL.</param>
    /// <param name="certificate">What is wrong with the server's certificate, in words; null where nothing is.</param>
    /// <param name="words">What the server is called, and the advice.</param>
    public static ProbeFailure Of(HttpRequestException exception, Uri server, string? certificate, LoginWords words)
    {
        var (why, advice) = exception switch
        {
            _ when certificate is not null => (certificate, words.NoTrust),
            { InnerException: LoginUnreachableException { Failure: var failure } } => OfConnect(failure, words),
            { HttpRequestError: HttpRequestError.SecureConnectionError } => (
                $"TLS handshake failed: {exception.GetBaseException().Message.TrimEnd('.')}", words.NotServer),
            { HttpRequestError: HttpRequestError.InvalidResponse } => ("what answers there is not HTTP/1.1", words.NotServer),
            { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => ("its answer is too large", words.NotServer),
            _ => ("the connection was closed before an answer came", words.Unwell),
        };
        return new ProbeFailure(ProbeReasons.AuthUnreachable, $"{words.Server} at {server.Authority} is unreachable: {why}", advice);
    }

    private static (string Words, string Advice) OfConnect(ProbeFailure failure, LoginWords words) => failure.Reason switch
    {
        ProbeReasons.DnsError => ("its name could not be resolved", words.NoName),
        ProbeReasons.ConnectRefused => ("connection refused", words.NoListener),
        ProbeReasons.ConnectTimeout => ("no answer to the connection attempt", words.NoAnswer),
        _ => (failure.Words, failure.Advice ?? words.NoAnswer),
    };
}
