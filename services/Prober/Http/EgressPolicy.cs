using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Skypunch.Prober.Http;

/// <summary>
/// Which addresses a probe may connect to. The longest network that an address lies in decides, and an allowed one where two are equally long. What is denied without any setting are the
/// addresses of one link and those at which a cloud gives its machines their credentials: who may add a target, or answers one with a redirect, must not read them. Pure.
/// </summary>
internal sealed class EgressPolicy
{
    private static readonly string[] DeniedByDefault =
    [
        "169.254.0.0/16", // link-local, and the metadata of AWS, Azure, Google, OpenStack, Oracle and others
        "fe80::/10",
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

    public EgressPolicy(IOptions<ProberOptions> options)
    {
        _allowed = Read(options.Value.EgressAllow);
        _denied = [.. DeniedByDefault.Select(IPNetwork.Parse), .. Read(options.Value.EgressDeny)];
    }

    /// <summary>Whether a text is a list of networks or addresses, separated by commas.</summary>
    public static bool IsList(string? text) => Split(text).All(part => TryRead(part, out _));

    /// <summary>Whether a probe may connect to an address, and to the one that it stands for.</summary>
    public bool Allows(IPAddress address) => Disguises(address).All(IsAllowed);

    private bool IsAllowed(IPAddress address) => Longest(_allowed, address) is var allowed && Longest(_denied, address) is var denied && (denied < 0 || allowed >= denied);

    private static int Longest(IPNetwork[] networks, IPAddress address)
        => networks.Where(network => network.Contains(address)).Select(network => network.PrefixLength).DefaultIfEmpty(-1).Max();

    // An address of IPv6 may carry one of IPv4 to which it is brought; and the address of no host is this host.
    private static IEnumerable<IPAddress> Disguises(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            yield return address.Equals(IPAddress.Any) ? IPAddress.Loopback : address;
            yield break;
        }

        var plain = new IPAddress(address.GetAddressBytes()); // without a scope
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
