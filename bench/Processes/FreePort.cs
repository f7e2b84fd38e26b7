using System.Net;
using System.Net.Sockets;

namespace Skypunch.Bench.Processes;

/// <summary>Finds free ports.</summary>
internal static class FreePort
{
    /// <summary>
    /// The first of some free ports in a row, below the range that the system takes ports for connections from, so that they are still free
    /// when they are used.
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
