using System.Net;
using System.Net.Sockets;

namespace Skypunch.Notifier.Mail;

/// <summary>The name that we bear before a mail server, in EHLO. Many servers want a full one (RFC 5321, section 4.1.1.1).</summary>
internal static class HeloName
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Lazy<Task<string?>> Machine = new(FindAsync);

    /// <summary>This machine's full name as the resolver knows it; null: it has none.</summary>
    public static Task<string?> OfMachineAsync() => Machine.Value;

    /// <summary>The name to bear: the one given, else this machine's if it is full, else the domain that the mail comes from, else this end's address. Pure.</summary>
    /// <param name="given">The parameter helo.</param>
    /// <param name="machine">This machine's name.</param>
    /// <param name="senderDomain">What stands behind the @ in the sender's address.</param>
    /// <param name="address">This end's address of the connection.</param>
    public static string Choose(string? given, string? machine, string? senderDomain, IPAddress address)
        => given ?? FullName(machine) ?? FullName(senderDomain) ?? Literal(address);

    // Names such as localhost and vm say nothing to the world.
    private static string? FullName(string? name)
        => name is not null
            && name.Trim('.').Contains('.')
            && Uri.CheckHostName(name) is UriHostNameType.Dns
            && !name.StartsWith("localhost", StringComparison.OrdinalIgnoreCase)
                ? HostName.Ascii(name)
                : null;

    private static string Literal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(plain.GetAddressBytes())}]" : $"[{plain}]";
    }

    private static async Task<string?> FindAsync()
    {
        try
        {
            return (await Dns.GetHostEntryAsync(Dns.GetHostName()).WaitAsync(Patience, TimeProvider.System)).HostName;
        }
        catch (Exception e) when (e is SocketException or TimeoutException or ArgumentException)
        {
            return null;
        }
    }
}
