using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using ProtoStatus = Skypunch.Admin.V1.TargetStatus;
using TargetStatus = Skypunch.Scheduler.Model.TargetStatus;

namespace Skypunch.Scheduler.Targets;

/// <summary>The API's enumerations and the words that stand for them in the store. A word that a hand has written and that is none reads as unspecified.</summary>
internal static class TargetWords
{
    public static string Of(Authn authn) => authn switch
    {
        Authn.Basic => AuthnParameters.Basic,
        Authn.Openstack => AuthnParameters.OpenStack,
        Authn.Oauth2 => AuthnParameters.OAuth2,
        Authn.Digest => AuthnParameters.Digest,
        _ => AuthnParameters.None,
    };

    public static Authn ReadAuthn(string word) => word switch
    {
        AuthnParameters.None => Authn.None,
        AuthnParameters.Basic => Authn.Basic,
        AuthnParameters.OpenStack => Authn.Openstack,
        AuthnParameters.OAuth2 => Authn.Oauth2,
        AuthnParameters.Digest => Authn.Digest,
        _ => Authn.Unspecified,
    };

    public static string Of(HttpVersion version) => version is HttpVersion._2 ? HttpVersions.Http2 : HttpVersions.Http11;

    public static HttpVersion ReadHttpVersion(string word) => word switch
    {
        HttpVersions.Http11 => HttpVersion._11,
        HttpVersions.Http2 => HttpVersion._2,
        _ => HttpVersion.Unspecified,
    };

    public static string Of(IpFamily family) => family switch
    {
        IpFamily.Ipv4 => IpFamilies.IPv4,
        IpFamily.Ipv6 => IpFamilies.IPv6,
        IpFamily.PreferIpv4 => IpFamilies.PreferIPv4,
        IpFamily.PreferIpv6 => IpFamilies.PreferIPv6,
        _ => IpFamilies.Any,
    };

    public static IpFamily ReadIpFamily(string word) => word switch
    {
        IpFamilies.Any => IpFamily.Any,
        IpFamilies.IPv4 => IpFamily.Ipv4,
        IpFamilies.IPv6 => IpFamily.Ipv6,
        IpFamilies.PreferIPv4 => IpFamily.PreferIpv4,
        IpFamilies.PreferIPv6 => IpFamily.PreferIpv6,
        _ => IpFamily.Unspecified,
    };

    public static ProtoStatus ToProto(TargetStatus status) => status switch
    {
        TargetStatus.Pass => ProtoStatus.Pass,
        TargetStatus.Fail => ProtoStatus.Fail,
        _ => ProtoStatus.New,
    };
}
