using System.Net;
using System.Net.Sockets;

namespace Skypunch.ServiceDefaults.Egress;

/// <summary>
/// To which addresses Skypunch may connect for a user: for a probe, and for a message to a URL. Of the networks in the settings that
/// contain an address, the one with the longest prefix decides; of an allowed and a denied network with the same prefix length, the allowed
/// one. By default the link-local addresses are denied, and the addresses at which a cloud gives machines their credentials: a user who may
/// add a target or a notifier, and a server that answers a probe with a redirect, must not be able to read these. Pure.
/// </summary>
public sealed class EgressPolicy
{
    private static readonly string[] DeniedByDefault =
    [
        "169.254.0.0/16", // link-local, and the metadata of AWS, Azure, Google, OpenStack, Oracle and others
        "fe80::/10", // link-local
        "fd00:ec2::/32", // AWS
        "fd20:ce::254/128", // Google
        "100.100.100.200/32", // Alibaba
        "168.63.129.16/32", // Azure's wire server
        "192.0.0.192/32", // Oracle's classic cloud
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96"); // RFC 6052
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16"); // RFC 3056
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96"); // RFC 4291, section 2.5.5.1

    private readonly IPNetwork[] _allowed;
    private readonly IPNetwork[] _denied;

    /// <summary>Makes the policy from two settings.</summary>
    /// <param name="allow">Networks that are allowed, although a network is denied that is the same or contains them.</param>
    /// <param name="deny">Networks that are denied, in addition to those that are denied by default.</param>
    public EgressPolicy(string? allow, string? deny)
    {
        _allowed = Read(allow);
        _denied = [.. DeniedByDefault.Select(IPNetwork.Parse), .. Read(deny)];
    }

    /// <summary>Whether a text is a list of networks or addresses, separated by commas.</summary>
    public static bool IsList(string? text) => Split(text).All(part => TryRead(part, out _));

    /// <summary>
    /// Whether Skypunch may connect to an address. An IPv4 address that is embedded in an IPv6 address must be allowed, too.
    /// </summary>
    public bool Allows(IPAddress address) => WithEmbedded(address).All(IsAllowed);

    private bool IsAllowed(IPAddress address) => Longest(_allowed, address) is var allowed && Longest(_denied, address) is var denied && (denied < 0 || allowed >= denied);

    private static int Longest(IPNetwork[] networks, IPAddress address)
        => networks.Where(network => network.Contains(address)).Select(network => network.PrefixLength).DefaultIfEmpty(-1).Max();

    // An IPv6 address may embed an IPv4 address to which packets are translated or tunnelled. A connection to the unspecified address goes
    // to this host.
    private static IEnumerable<IPAddress> WithEmbedded(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            yield return address.Equals(IPAddress.Any) ? IPAddress.Loopback : address;
            yield break;
        }

        var plain = new IPAddress(address.GetAddressBytes()); // without the scope id
        var bytes = plain.GetAddressBytes();
        if (plain.IsIPv4MappedToIPv6)
        {
            yield return plain.MapToIPv4();
            yield break;
        }

        yield return plain.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : plain;
        if (Nat64.Contains(plain) || (Compatible.Contains(plain) && bytes[12] != 0))
        {
            yield return new IPAddress(bytes.AsSpan(12, 4));
        }
        else if (SixToFour.Contains(plain))
        {
            yield return new IPAddress(bytes.AsSpan(2, 4));
        }
    }

    private static IPNetwork[] Read(string? text) => [.. Split(text).Select(part => TryRead(part, out var network) ? network : throw new FormatException(part))];

    private static string[] Split(string? text) => (text ?? "").Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static bool TryRead(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
