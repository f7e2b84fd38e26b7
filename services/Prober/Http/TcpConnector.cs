using System.Net;
using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;
using Skypunch.ServiceDefaults.Egress;

namespace Skypunch.Prober.Http;

/// <summary>
/// Connects to the first address that answers. The next address is tried as soon as an address has failed or has not answered for 250 ms,
/// so that an address that swallows packets does not use up the whole deadline (RFC 8305). Every connection of a probe is made here, those
/// of redirects and logins included, so the egress policy is applied here.
/// </summary>
internal sealed class TcpConnector(EgressPolicy egress, TimeProvider clock)
{
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    /// <summary>The connected socket, or why there is none.</summary>
    public async Task<(Socket? Socket, ProbeFailure? Failure)> ConnectAsync(
        IPAddress[] addresses,
        int port,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        trace.Begin(ProbePhase.Connect);
        var allowed = Array.FindAll(addresses, egress.Allows);
        if (allowed.Length == 0)
        {
            return (null, Denied(addresses));
        }

        addresses = allowed;
        if (addresses.Length > 1)
        {
            return await RaceAsync(addresses, port, trace, cancellationToken);
        }

        var attempt = await TryAsync(new IPEndPoint(addresses[0], port), cancellationToken);
        if (attempt.Socket is { } socket)
        {
            return Connected(attempt.Address, socket, trace);
        }

        trace.Remark("{0} {1}", SocketFaults.WordsOf(attempt.Error), attempt.Address);
        return (null, SocketFaults.OfConnect([(attempt.Address, attempt.Error)]));
    }

    /// <summary>Why the egress policy denies an address, even through a proxy; null: it allows it.</summary>
    public ProbeFailure? Denies(IPAddress address) => egress.Allows(address) ? null : Denied([address]);

    private static ProbeFailure Denied(IPAddress[] addresses)
        => new(ProbeReasons.EgressDenied, $"Skypunch may not connect to {Words.List([.. addresses.Select(address => address.ToString())])}")
        {
            Advice = "The Prober's egress policy denies this address: see whether the URL, its name or a redirect leads where it should; Prober:EgressAllow allows a network.",
        };

    private async Task<(Socket? Socket, ProbeFailure? Failure)> RaceAsync(
        IPAddress[] addresses,
        int port,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        var failed = new List<(IPEndPoint, SocketError)>();
        var running = new List<Task<Attempt>>();
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            for (var next = 0; next < addresses.Length || running.Count > 0;)
            {
                if (next < addresses.Length)
                {
                    running.Add(TryAsync(new IPEndPoint(addresses[next++], port), race.Token));
                }

                if (await FirstAsync(running, next == addresses.Length, race.Token) is not { } attempt)
                {
                    continue;
                }

                if (attempt.Socket is { } socket)
                {
                    return Connected(attempt.Address, socket, trace);
                }

                trace.Remark("{0} {1}", SocketFaults.WordsOf(attempt.Error), attempt.Address);
                failed.Add((attempt.Address, attempt.Error));
            }

            return (null, SocketFaults.OfConnect(failed));
        }
        finally
        {
            await race.CancelAsync();
            running.ForEach(late => _ = DisposeAsync(late));
        }
    }

    private static (Socket Socket, ProbeFailure? Failure) Connected(IPEndPoint address, Socket socket, ProbeTrace trace)
    {
        trace.Remark("Connected to {0} from {1}", address, socket.LocalEndPoint);
        trace.End(StepOutcome.Ok, TraceWords.Connection);
        return (socket, null);
    }

    // Takes the attempt that ended first out of the list; null where the next address has its turn.
    private async ValueTask<Attempt?> FirstAsync(List<Task<Attempt>> running, bool last, CancellationToken cancellationToken)
    {
        if (!last || running.Count > 1)
        {
            using var stagger = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = Task.Delay(last ? Timeout.InfiniteTimeSpan : Stagger, clock, stagger.Token);
            await Task.WhenAny([.. running, pause]);
            await stagger.CancelAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
        var ended = last && running.Count == 1 ? running[0] : running.Find(attempt => attempt.IsCompleted);
        if (ended is null)
        {
            return null;
        }

        var result = await ended;
        running.Remove(ended);
        return result;
    }

    private static async Task<Attempt> TryAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address, cancellationToken);
            return new Attempt(address, socket, SocketError.Success);
        }
        catch (SocketException e) when (!SocketFaults.AreOurs(e.SocketErrorCode, address.AddressFamily))
        {
            socket?.Dispose();
            return new Attempt(address, null, e.SocketErrorCode);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    private static async Task DisposeAsync(Task<Attempt> late)
    {
        await ((Task)late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (late.IsCompletedSuccessfully)
        {
            (await late).Socket?.Dispose();
        }
    }

    private sealed record Attempt(IPEndPoint Address, Socket? Socket, SocketError Error);
}
