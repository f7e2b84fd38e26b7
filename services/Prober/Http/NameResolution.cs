using System.Net;
using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>Finds the addresses of a host. Never cached: the name service is part of what is probed.</summary>
internal static class NameResolution
{
    /// <summary>The host's addresses, both families in turn, or why there are none.</summary>
    public static async ValueTask<(IPAddress[] Addresses, ProbeFailure? Failure)> ResolveAsync(
        Uri url,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(url.DnsSafeHost, out var address))
        {
            return ([address], null);
        }

        trace.Begin(ProbePhase.Dns);
        try
        {
            var addresses = InTurn(await Dns.GetHostAddressesAsync(url.IdnHost, cancellationToken));
            if (addresses.Length == 0)
            {
                return ([], NotFound(url.IdnHost, "the name has no address"));
            }

            trace.End(StepOutcome.None, "Resolved {0} to {1}", url.IdnHost, addresses);
            return (addresses, null);
        }
        catch (SocketException e) when (!SocketFaults.AreOurs(e.SocketErrorCode, AddressFamily.Unspecified))
        {
            return ([], NotFound(url.IdnHost, e.SocketErrorCode switch
            {
                SocketError.HostNotFound => "no such name",
                SocketError.NoData => "the name has no address",
                SocketError.TryAgain => "the name service does not answer",
                _ => e.Message,
            }));
        }
    }

    // As the resolver prefers them, but the families take turns, so that a broken one costs one attempt only (RFC 8305, section 4).
    private static IPAddress[] InTurn(IPAddress[] addresses)
    {
        if (addresses.Length < 3)
        {
            return addresses;
        }

        var preferred = addresses[0].AddressFamily;
        var first = addresses.Where(a => a.AddressFamily == preferred).Select((a, i) => (Address: a, Place: 2 * i));
        var second = addresses.Where(a => a.AddressFamily != preferred).Select((a, i) => (Address: a, Place: (2 * i) + 1));
        return [.. first.Concat(second).OrderBy(a => a.Place).Select(a => a.Address)];
    }

    private static ProbeFailure NotFound(string host, string why) => new(ProbeReasons.DnsError, $"could not resolve {host}: {why}");
}
