using System.Net.Sockets;

namespace Skypunch.Notifier.Channels;

/// <summary>Why there is no connection, in words. Pure.</summary>
internal static class SocketWords
{
    public static string Of(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "nobody listens there (connection refused)",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name cannot be resolved",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no route to it",
        SocketError.TimedOut => "it does not answer",
        _ => ShortLine.Of(e.Message),
    };
}
