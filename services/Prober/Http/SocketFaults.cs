using System.Net;
using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>What the errors of a socket mean. Pure.</summary>
internal static class SocketFaults
{
    /// <summary>Whether this machine has run out of a resource. Such an error says nothing about the target.</summary>
    public static bool AreOurs(SocketError error, AddressFamily family) => error switch
    {
        SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.ProcessLimit => true,

        // No local port is left. With IPv6, the machine rather has no IPv6.
        SocketError.AddressNotAvailable => family is AddressFamily.InterNetwork,
        _ => false,
    };

    /// <summary>Why none of the addresses could be connected to.</summary>
    /// <param name="attempts">At least one attempt.</param>
    public static ProbeFailure OfConnect(IReadOnlyList<(IPEndPoint Address, SocketError Error)> attempts)
    {
        // The error that comes nearest to a living target gives the reason. The words have all errors.
        var reason = attempts.Select(attempt => ReasonOf(attempt.Error)).OrderBy(r => Array.IndexOf(ByNearness, r)).First();
        var words = attempts
            .GroupBy(attempt => WordsOf(attempt.Error), attempt => attempt.Address.ToString())
            .Select(group => $"{group.Key} {Words.List([.. group])}");
        return new ProbeFailure(reason, string.Join("; ", words));
    }

    /// <summary>One failed attempt in words: "connection refused by", to be followed by the address.</summary>
    public static string WordsOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection refused by",
        SocketError.TimedOut => "no answer to the connection attempt from",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "connection reset by",
        SocketError.HostUnreachable or SocketError.HostDown => "host is unreachable:",
        SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.AddressNotAvailable
            or SocketError.AddressFamilyNotSupported => "no route to",
        SocketError.AccessDenied => "this machine does not permit a connection to",
        _ => $"connection failed ({error}) to",
    };

    private static readonly string[] ByNearness =
        [ProbeReasons.ConnectRefused, ProbeReasons.ConnectionReset, ProbeReasons.ConnectTimeout, ProbeReasons.ConnectUnreachable];

    private static string ReasonOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => ProbeReasons.ConnectRefused,
        SocketError.TimedOut => ProbeReasons.ConnectTimeout,
        SocketError.ConnectionReset or SocketError.ConnectionAborted => ProbeReasons.ConnectionReset,
        _ => ProbeReasons.ConnectUnreachable,
    };
}
