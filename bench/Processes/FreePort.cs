using System.Net;
using System.Net.Sockets;

namespace Skypunch.Bench.Processes;

/// <summary>Finds free ports.</summary>
internal static class FreePort
{
    /// <summary>
    /// Finds <paramref name="count"/> consecutive free ports and returns the first. They lie below the range from which the system takes
    /// ports for outgoing connections, so they stay free until they are used.
    /// </summary>
    public static int Find(int count = 1)
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 32_000);
            if (Enumerable.Range(first, count).All(IsFree))
            {
                return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
