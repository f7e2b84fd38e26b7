using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Prober.Http;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Keystone;

/// <summary>Why Keystone gave no answer, and what to do about it. Pure.</summary>
internal static class KeystoneFaults
{
    /// <summary>Whether this machine has run out of something. Such an error says nothing about Keystone.</summary>
    public static bool AreOurs(HttpRequestException exception)
        => exception.GetBaseException() is SocketException socket
        && SocketFaults.AreOurs(socket.SocketErrorCode, AddressFamily.InterNetwork);

    /// <summary>What an exception of the HTTP client means.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="keystone">Where Keystone should be.</param>
    /// <param name="certificate">What is wrong with its certificate, in words; null where nothing is.</param>
    public static ProbeFailure Of(HttpRequestException exception, Uri keystone, string? certificate)
    {
        var (words, advice) = exception switch
        {
            _ when certificate is not null => (certificate, KeystoneAdvice.NoTrust),
            { InnerException: KeystoneUnreachableException { Failure: var failure } } => OfConnect(failure),
            { HttpRequestError: HttpRequestError.SecureConnectionError } => (
                $"TLS handshake failed: {exception.GetBaseException().Message.TrimEnd('.')}", KeystoneAdvice.NotKeystone),
            { HttpRequestError: HttpRequestError.InvalidResponse } => ("what answers there is not HTTP/1.1", KeystoneAdvice.NotKeystone),
            { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => ("its answer is too large", KeystoneAdvice.NotKeystone),
            _ => ("the connection was closed before an answer came", KeystoneAdvice.Unwell),
        };
        return new ProbeFailure(ProbeReasons.AuthUnreachable, $"Keystone at {keystone.Authority} is unreachable: {words}", advice);
    }
    private static (string Words, string Advice) OfConnect(ProbeFailure failure) => failure.Reason switch
    {
        ProbeReasons.DnsError => ("its name could not be resolved", KeystoneAdvice.NoName),
        ProbeReasons.ConnectRefused => ("connection refused", KeystoneAdvice.NoListener),
        ProbeReasons.ConnectTimeout => ("no answer to the connection attempt", KeystoneAdvice.NoAnswer),
        _ => (failure.Words, failure.Advice ?? KeystoneAdvice.NoAnswer),
    };
}
