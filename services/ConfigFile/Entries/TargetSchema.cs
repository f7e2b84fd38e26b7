using Skypunch.Admin.V1;
using Skypunch.Contracts;

namespace Skypunch.ConfigFile.Entries;

/// <summary>The keys of a target.</summary>
internal static class TargetSchema
{
    private static readonly (string, Authn)[] Authns =
    [
        ("NONE", Authn.None),
        ("BASIC", Authn.Basic),
        ("OPENSTACK", Authn.Openstack),
        ("OAUTH2", Authn.Oauth2),
        ("DIGEST", Authn.Digest),
    ];

    private static readonly (string, HttpVersion)[] Versions = [("1.1", HttpVersion._11), ("2", HttpVersion._2)];

    private static readonly (string, IpFamily)[] Families =
    [
        ("ANY", IpFamily.Any),
        ("IPV4", IpFamily.Ipv4),
        ("IPV6", IpFamily.Ipv6),
        ("PREFER_IPV4", IpFamily.PreferIpv4),
        ("PREFER_IPV6", IpFamily.PreferIpv6),
    ];

    public static readonly EntrySchema<Target> Schema = new("target", target => target.Name,
    [
        new("name", (value, target) => target.Name = value.Text()) { IsRequired = true },
        new("url", (value, target) => target.Url = value.Text()) { Alias = "path", IsRequired = true, NotRequiredWith = "service_type" },
        new("method", (value, target) => target.Method = ProbeMethods.Of(value.Text())),
        new("authn", (value, target) => target.Authn = value.OneOf(Authns)),
        new("authn_params", (value, target) => target.AuthnParams = value.Parameters()),
        new("cloud", CloudField.Read) { Default = CloudField.Default, Gives = "authn_params" }, // it completes the two before it
        new("pass_result", (value, target) => target.PassResult = value.Text()) { Alias = "expect" },
        new("frequency", (value, target) => target.Frequency = value.Duration()) { Alias = "interval" },
        new("timeout", (value, target) => target.Timeout = value.Time()),
        new("enabled", (value, target) => target.Enabled = value.Flag()),
        new("failure_threshold", (value, target) => target.FailureThreshold = value.Count()),
        new("success_threshold", (value, target) => target.SuccessThreshold = value.Count()),
        new("retry_interval", (value, target) => target.RetryInterval = value.Duration()),
        new("headers", (value, target) => target.Headers.Add(value.Headers())),
        new("body", (value, target) => target.Body = value.Text()),
        new("content_type", (value, target) => target.ContentType = value.Text()),
        new("follow_redirects", (value, target) => target.FollowRedirects = value.Flag()),
        new("max_redirects", (value, target) => target.MaxRedirects = value.Count()),
        new("keep_cookies", (value, target) => target.KeepCookies = value.Flag()),
        new("proxy", (value, target) => target.Proxy = value.Text()),
        new("query_secrets", (value, target) => target.QuerySecrets.Add(value.Query())),
        new("http_version", (value, target) => target.HttpVersion = value.OneOf(Versions)),
        new("ip_family", (value, target) => target.IpFamily = value.OneOf(Families)),
        new("tls", (value, target) => target.Tls = value.Tls()),
        new("assertions", (value, target) => target.Assertions.Add(value.Texts())),
        new("service_type", (value, target) => CatalogOf(target).ServiceType = value.Text()),
        new("region_name", (value, target) => CatalogOf(target).RegionName = value.Text()),
        new("interface", (value, target) => CatalogOf(target).Interface = value.Text()),
    ]);

    private static Admin.V1.CatalogService CatalogOf(Target target) => target.Catalog ??= new Admin.V1.CatalogService();
}
