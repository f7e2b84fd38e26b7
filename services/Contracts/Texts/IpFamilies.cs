namespace Skypunch.Contracts.Texts;

/// <summary>Which of a name's addresses a probe tries, as it is stored.</summary>
public static class IpFamilies
{
    /// <summary>All addresses, in the order in which the name service and the system prefer them.</summary>
    public const string Any = "ANY";

    /// <summary>IPv4 only.</summary>
    public const string IPv4 = "IPV4";

    /// <summary>IPv6 only.</summary>
    public const string IPv6 = "IPV6";

    /// <summary>IPv4 first, then IPv6.</summary>
    public const string PreferIPv4 = "PREFER_IPV4";

    /// <summary>IPv6 first, then IPv4.</summary>
    public const string PreferIPv6 = "PREFER_IPV6";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Any, IPv4, IPv6, PreferIPv4, PreferIPv6];
}
