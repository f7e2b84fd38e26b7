using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Contracts;

namespace Skypunch.Cli.Targets;

/// <summary>The words for a target's enumerations; a value that only a newer server knows is shown as its number.</summary>
internal static class TargetWords
{
    public static string Of(TargetStatus status) => status switch
    {
        TargetStatus.Unspecified => "",
        TargetStatus.New => "NEW",
        TargetStatus.Pass => "PASS",
        TargetStatus.Fail => "FAIL",
        _ => ((int)status).ToString(CultureInfo.InvariantCulture),
    };

    public static string Of(Authn authn) => authn switch
    {
        Authn.Unspecified or Authn.None => "NONE",
        Authn.Basic => "BASIC",
        Authn.Openstack => "OPENSTACK",
        Authn.Oauth2 => "OAUTH2",
        Authn.Digest => "DIGEST",
        _ => ((int)authn).ToString(CultureInfo.InvariantCulture),
    };

    public static string Of(HttpVersion version) => version switch
    {
        HttpVersion.Unspecified or HttpVersion._11 => "1.1",
        HttpVersion._2 => "2",
        _ => ((int)version).ToString(CultureInfo.InvariantCulture),
    };

    public static string Of(IpFamily family) => family switch
    {
        IpFamily.Unspecified or IpFamily.Any => "ANY",
        IpFamily.Ipv4 => "IPV4",
        IpFamily.Ipv6 => "IPV6",
        IpFamily.PreferIpv4 => "PREFER_IPV4",
        IpFamily.PreferIpv6 => "PREFER_IPV6",
        _ => ((int)family).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A duration in seconds, to the millisecond.</summary>
    public static decimal Seconds(Duration? duration) => duration is null ? 0 : duration.Seconds + (duration.Nanos / 1_000_000 / 1000m);

    /// <summary>What is probed, as it is shown: the URL, or "compute:/servers" for a path below a service of a catalog.</summary>
    public static string Address(this Target target) => TargetAddress.Of(target.Url, target.Catalog?.ServiceType);

    /// <summary>The status as a cell: PASS is good news, FAIL is bad.</summary>
    public static TableCell Cell(TargetStatus status)
        => new(Of(status), status switch { TargetStatus.Pass => true, TargetStatus.Fail => false, _ => null });

    /// <summary>A target is enabled unless it says otherwise.</summary>
    public static bool IsEnabled(this Target target) => !target.HasEnabled || target.Enabled;
}
