using System.Net;
using System.Net.Sockets;
using Skypunch.Prober.Http;
using Skypunch.ServiceDefaults.Egress;

namespace Skypunch.Prober.Doubt;

/// <summary>Whether an address takes a connection. Nothing is sent over it.</summary>
internal sealed class Contact(NameLookups lookups, EgressPolicy egress, TimeProvider clock)
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Whether the address takes a connection within a second. The egress policy applies here, too.</summary>
    public async Task<bool> IsMadeAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var addresses = IPAddress.TryParse(host, out var address) ? [address] : await lookups.FindAsync(host, either.Token);
            addresses = Array.FindAll(addresses, egress.Allows);
            if (addresses.Length == 0)
            {
                return false;
            }

            using var client = new TcpClient();
            await client.ConnectAsync(addresses, port, either.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or ArgumentException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Whether one of the tasks ends with true. The others are not waited for then.</summary>
    public static async Task<bool> AnyAsync(IEnumerable<Task<bool>> contacts)
    {
        var asked = contacts.ToList();
        while (asked.Count > 0)
        {
            var first = await Task.WhenAny(asked);
            if (await first)
            {
                return true;
            }

            asked.Remove(first);
        }

        return false;
    }
}
