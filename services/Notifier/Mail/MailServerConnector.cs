using System.Net;
using System.Net.Sockets;

namespace Skypunch.Notifier.Mail;

/// <summary>
/// Connects to the address of a mail server that answers first. The next address, of the other IP family where there is one, is tried as soon as one has failed or
/// has not answered for a while: one that swallows packets must not eat up the whole time (RFC 8305).
/// </summary>
internal sealed class MailServerConnector(TimeProvider clock)
{
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    /// <summary>Connects to a host.</summary>
    /// <exception cref="SocketException">It has no address, or none of them can be connected to.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
        => await ConnectAsync(
            IPAddress.TryParse(host, out var address) ? [address] : InTurn(await Dns.GetHostAddressesAsync(host, cancellationToken)), port, cancellationToken);

    /// <summary>Connects to one of the addresses.</summary>
    /// <exception cref="SocketException">There is none, or none of them can be connected to.</exception>
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

    // As the resolver prefers them, but the families take turns (RFC 8305, section 4).
    private static List<IPAddress> InTurn(IPAddress[] addresses)
        => [.. addresses.GroupBy(address => address.AddressFamily).SelectMany(family => family.Index()).OrderBy(address => address.Index).Select(address => address.Item)];

    // A message goes out in several pieces. Without NoDelay each waits until the server acknowledges the one before, which servers put off by 40 ms.
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
