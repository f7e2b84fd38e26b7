using System.Net;
using System.Net.Sockets;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// The name that we give to a mail server in EHLO. Many servers demand a fully qualified name (RFC 5321, section 4.1.1.1).
/// </summary>
internal static class HeloName
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Lazy<Task<string?>> Machine = new(FindAsync);

    /// <summary>This machine's fully qualified name as the resolver knows it; null: there is none.</summary>
    public static Task<string?> OfMachineAsync() => Machine.Value;

    /// <summary>
    /// The name to give: the parameter, else this machine's name if it is fully qualified, else the domain that the mail comes from, else
    /// our own address of the connection. Pure.
    /// </summary>
    /// <param name="given">The parameter helo.</param>
    /// <param name="machine">This machine's name.</param>
    /// <param name="senderDomain">What stands behind the @ in the sender's address.</param>
    /// <param name="address">Our own address of the connection.</param>
    public static string Choose(string? given, string? machine, string? senderDomain, IPAddress address)
        => given ?? FullName(machine) ?? FullName(senderDomain) ?? Literal(address);

    // Names such as localhost and vm mean nothing to other machines.
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
