using System.Net;
using System.Net.Sockets;
using Skypunch.ServiceDefaults.Egress;

namespace Skypunch.Notifier.Channels;

/// <summary>
/// Connects to the address of a host that answers first. The next address, of the other IP family where there is one, is tried as soon as
/// an address has failed or has not answered for 250 ms, so that an address that swallows packets does not use up the whole time
/// (RFC 8305).
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="egress">Which addresses may be connected to; null: all.</param>
internal sealed class HostConnector(TimeProvider clock, EgressPolicy? egress = null)
{
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    /// <summary>Connects to a host.</summary>
    /// <exception cref="SocketException">The host has no address, or no address can be connected to.</exception>
    /// <exception cref="EgressDeniedException">The egress policy denies all addresses of the host.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
        => await ConnectAsync(
            Allowed(IPAddress.TryParse(host, out var address) ? [address] : InTurn(await Dns.GetHostAddressesAsync(host, cancellationToken))), port, cancellationToken);

    /// <summary>Connects to one of the addresses.</summary>
    /// <exception cref="SocketException">There is no address, or no address can be connected to.</exception>
    public async Task<Socket> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<Socket>>();
        var fault = new SocketException((int)SocketError.HostNotFound);
        try
        {
            for (var next = 0; next < addresses.Count || running.Count > 0;)
            {
                if (next < addresses.Count)
                {
                    running.Add(ConnectAsync(addresses[next++], port, race.Token));
                }

                var pause = Task.Delay(next < addresses.Count ? Stagger : Timeout.InfiniteTimeSpan, clock, race.Token);
                await Task.WhenAny([.. running, pause]);
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var ended in running.Where(attempt => attempt.IsCompleted).ToList())
                {
                    running.Remove(ended);
                    if (ended.IsCompletedSuccessfully)
                    {
                        return await ended;
                    }

                    cancellationToken.ThrowIfCancellationRequested(); // an attempt that was broken off has no fault
                    fault = ended.Exception!.GetBaseException() as SocketException ?? throw ended.Exception.GetBaseException();
                }
            }

            throw fault;
        }
        finally
        {
            await race.CancelAsync();
            running.ForEach(late => _ = DisposeAsync(late));
        }
    }

    // The addresses are checked, and not the name, which does not say where it leads.
    private List<IPAddress> Allowed(List<IPAddress> addresses)
    {
        if (egress is null || addresses.Count == 0)
        {
            return addresses;
        }

        return addresses.FindAll(egress.Allows) is { Count: > 0 } allowed ? allowed : throw new EgressDeniedException(addresses);
    }

    // In the resolver's order, but with the families in turn (RFC 8305, section 4).
    private static List<IPAddress> InTurn(IPAddress[] addresses)
        => [.. addresses.GroupBy(address => address.AddressFamily).SelectMany(family => family.Index()).OrderBy(address => address.Index).Select(address => address.Item)];

    // A message goes out in several pieces. Without NoDelay each waits until the server acknowledges the one before, which servers put off
    // by 40 ms.
    private static async Task<Socket> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task DisposeAsync(Task<Socket> late)
    {
        await ((Task)late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (late.IsCompletedSuccessfully)
        {
            (await late).Dispose();
        }
    }
}

/// <summary>The egress policy denies all addresses of a host.</summary>
internal sealed class EgressDeniedException(IReadOnlyList<IPAddress> addresses) : Exception
{
    public IReadOnlyList<IPAddress> Addresses => addresses;
}
