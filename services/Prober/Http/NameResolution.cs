using System.Net;
using System.Net.Sockets;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>Finds the addresses of a host. They are never cached: the name service is part of what is probed.</summary>
internal sealed class NameResolution(NameLookups lookups)
{
    /// <summary>The host's addresses, both families in turn, or why there are none.</summary>
    public async ValueTask<(IPAddress[] Addresses, ProbeFailure? Failure)> ResolveAsync(
        Uri url,
        string family,
        ProbeTrace trace,
        CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(url.DnsSafeHost, out var address))
        {
            trace.Begin(ProbePhase.Dns);
            return IsOf(address, family) ? ([address], null) : ([], NoneOf(family, url.IdnHost));
        }

        trace.Begin(ProbePhase.Dns);
        try
        {
            var found = await lookups.FindAsync(url.IdnHost, cancellationToken);
            var addresses = InTurn([.. found.Where(a => IsOf(a, family))], family);
            if (addresses.Length == 0)
            {
                return ([], found.Length == 0 ? NotFound(url.IdnHost, "the name has no address") : NoneOf(family, url.IdnHost));
            }

            trace.End(StepOutcome.Ok, "Resolved {0} to {1}", url.IdnHost, addresses);
            return (addresses, null);
        }
        catch (ArgumentException) // longer than the system's resolver takes
        {
            return ([], NotFound(url.IdnHost, "it cannot be a name of DNS"));
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

    // In the resolver's order, but with the families in turn, so that a broken family costs one attempt only (RFC 8305, section 4).
    private static IPAddress[] InTurn(IPAddress[] addresses, string family)
    {
        if (addresses.Length < 2)
        {
            return addresses;
        }

        var preferred = family switch
        {
            IpFamilies.PreferIPv4 => AddressFamily.InterNetwork,
            IpFamilies.PreferIPv6 => AddressFamily.InterNetworkV6,
            _ => addresses[0].AddressFamily,
        };
        var first = addresses.Where(a => a.AddressFamily == preferred).Select((a, i) => (Address: a, Place: 2 * i));
        var second = addresses.Where(a => a.AddressFamily != preferred).Select((a, i) => (Address: a, Place: (2 * i) + 1));
        return [.. first.Concat(second).OrderBy(a => a.Place).Select(a => a.Address)];
    }

    private static bool IsOf(IPAddress address, string family) => family switch
    {
        IpFamilies.IPv4 => address.AddressFamily is AddressFamily.InterNetwork,
        IpFamilies.IPv6 => address.AddressFamily is AddressFamily.InterNetworkV6,
        _ => true,
    };

    private static ProbeFailure NoneOf(string family, string host)
        => NotFound(host, $"it has no {(family == IpFamilies.IPv4 ? "IPv4" : "IPv6")} address") with
        {
            Advice = $"Give {host} such an address, or change the target's ip_family.",
        };

    private static ProbeFailure NotFound(string host, string why) => new(ProbeReasons.DnsError, $"could not resolve {host}: {why}");
}
