using Skypunch.Admin.V1;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.AdminApi;
using Skypunch.UnitTests.Prober;
using Target = Skypunch.Admin.V1.Target;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetRulesTests
{
    public static TheoryData<string, string, Action<Target>> Faults { get; } = new()
    {
        { "target.name", "must have 1 to 256 characters on one line", t => t.Name = "evil\u202Egnp.exe" },
        { "target.name", "must have 1 to 256 characters on one line", t => t.Name = "two\u2028lines" },
        { "target.url", "must be an http or https URL", t => t.Url = "http://\u202Eexample.org/" },
        { "target.url", "must be an http or https URL", t => t.Url = "http://example.org/a\u202Eb" },
        { "target.description", "must have at most 1000 characters", t => t.Description = new string('x', 1001) },
        { "target.description", "without control characters but line feeds and tabs", t => t.Description = "a\u001b[31mb" },
        { "target.description", "without marks of writing direction", t => t.Description = "a\u202Eb" },
        { "target.headers", "must be 32 at the most", t => t.Headers.Add(Enumerable.Repeat(new Header { Name = "A", Value = "b" }, 33)) },
        { "target.headers", "must not have Content-Length: Skypunch sets it itself", t => t.Headers.Add(new Header { Name = "Content-Length", Value = "1" }) },
        { "target.headers", "has a control character in the value of X", t => t.Headers.Add(new Header { Name = "X", Value = "a\nInjected: b" }) },
        { "target.headers", "has no value for X-Token: it is a secret", t => t.Headers.Add(new Header { Name = "X-Token" }) },
        { "target.body", "must not take more than 16384 bytes", t => (t.Method, t.Body) = ("POST", new string('ä', 8193)) },
        { "target.body", "is given, but HEAD has none: choose another method", t => (t.Method, t.Body) = ("HEAD", "x") },
        { "target.proxy", "must be the address of an HTTP proxy", t => t.Proxy = "proxy:3128" },
        { "target.proxy", "must begin with http://", t => t.Proxy = "https://u:s3cr3t@proxy:3128" },
        { "target.query_secrets", "has no value for key: it is a secret", t => t.QuerySecrets.Add(new QueryParameter { Name = "key" }) },
        { "target.query_secrets", "must have names of 1 to 128 characters", t => t.QuerySecrets.Add(new QueryParameter { Value = "s3cr3t" }) },
        { "target.query_secrets", "has key, which stands in the url, too: take it out of there", t => { t.Url = "http://example.org/?key=a"; t.QuerySecrets.Add(new QueryParameter { Name = "key", Value = "s3cr3t" }); } },
        { "target.method", "must be a method of HTTP", t => t.Method = "G T" },
        { "target.method", "must not be TRACE: its answer repeats the request", t => t.Method = "TRACE" },
        { "target.method", "must not be CONNECT: it opens a tunnel", t => t.Method = "CONNECT" },
        { "target.pass_result", "must be a status code from 100 to 999", t => t.PassResult = "1000" },
        { "target.timeout", "must be a time from 100ms to 10s, the frequency, in whole milliseconds", t => t.Timeout = new() { Nanos = 99_000_000 } },
        { "target.timeout", "must be a time from 100ms to 10s", t => t.Timeout = new() { Seconds = 10, Nanos = 1_000_000 } },
        { "target.timeout", "must be a time from 100ms to 10s", t => t.Timeout = new() { Seconds = 1, Nanos = 1 } },
        { "target.frequency", "must be a whole number of seconds", t => t.Frequency = new() { Seconds = 2, Nanos = 500_000_000 } },
        { "target.assertions", "has 'latency < 500ms', but a probe is given 0.5s", t => { t.Timeout = new() { Nanos = 500_000_000 }; t.Assertions.Add("latency < 500ms"); } },
        { "target.content_type", "must be a media type", t => t.ContentType = "json" },
        { "target.content_type", "must be a media type", t => t.ContentType = "a/b\r\nX: y" },
        { "target.max_redirects", "must be from 1 to 20", t => t.MaxRedirects = 21 },
        { "target.max_redirects", "must be from 1 to 20", t => t.MaxRedirects = -1 },
        { "target.http_version", "must be HTTP/1.1 or HTTP/2", t => t.HttpVersion = (HttpVersion)3 },
        { "target.ip_family", "must be ANY, IPV4", t => t.IpFamily = (IpFamily)9 },
        { "target.retry_interval", "must be a whole number of seconds from 1s to 10s, the frequency", t => t.RetryInterval = new() { Seconds = 11 } },
        { "target.retry_interval", "must be a whole number of seconds", t => t.RetryInterval = new() { Nanos = 1 } },
        { "target.tls.ca", "must be one or more certificates in PEM", t => t.Tls = new() { Ca = "s3cr3t" } },
        { "target.tls.ca", "must have at most 65536 characters", t => t.Tls = new() { Ca = new string('x', 70_000) } },
        { "target.tls.server_name", "must be a host name", t => t.Tls = new() { ServerName = "no host" } },
        { "target.tls.client_key", "is missing, but there is a client_certificate", t => t.Tls = new() { ClientCertificate = "s3cr3t" } },
        { "target.tls.client_certificate", "is missing, but there is a client_key", t => t.Tls = new() { ClientKey = "s3cr3t" } },
        { "target.tls.client_key", "must be the key of client_certificate", t => t.Tls = new() { ClientCertificate = "s3cr3t", ClientKey = "s3cr3t" } },
        { "target.assertions", "must be 32 at the most", t => t.Assertions.Add(Enumerable.Repeat("body contains x", 33)) },
        { "target.assertions", "has 'body has x', but at column 6 there must be contains TEXT", t => t.Assertions.Add("body has x") },
        { "target.assertions", "must be one line", t => t.Assertions.Add("body contains a\nbody contains b") },
        { "target.assertions", "at column 15 the regular expression is not valid", t => t.Assertions.Add("body matches (") },
        { "target.assertions", "has 'latency < 10s', but a probe is given 10s: choose less than the timeout", t => t.Assertions.Add("latency < 10s") },
        { "target.assertions", "has 'latency > 10s', but a probe is given 10s: choose less", t => t.Assertions.Add("latency > 10s") },
        { "target.assertions", "has 'json $.a[*] == 1', but at column 10 selects several values", t => t.Assertions.Add("json $.a[*] == 1") },
        { "target.assertions", "only an https URL has a certificate", t => t.Assertions.Add("certificate > 14d") },
        { "target.catalog.service_type", "needs authn OPENSTACK", t => (t.Url, t.Catalog) = ("/x", new() { ServiceType = "compute" }) },
        { "target.catalog.service_type", "must be a service's type", t => (InCatalog(t).ServiceType, t.Catalog.RegionName) = ("", "R") },
        { "target.catalog.service_type", "must be a service's type", t => InCatalog(t).ServiceType = "no type" },
        { "target.catalog.interface", "must be public, internal or admin", t => InCatalog(t).Interface = "private" },
        { "target.catalog.region_name", "must have at most 255 characters", t => InCatalog(t).RegionName = new string('r', 256) },
        { "target.url", "must be a path below the catalog's service", t => InCatalog(t, "https://example.org/") },
        { "target.url", "must be a path below the catalog's service", t => InCatalog(t, "servers") },
        { "target.url", "must be an http or https URL", t => t.Url = "/servers" },
    };

    public static TheoryData<Action<Target>> Fine { get; } = new()
    {
        t => { },
        t => t.Headers.Add(new Header { Name = "Accept", Value = "" }),
        t => (t.Method, t.Body, t.ContentType) = ("DELETE", new string('x', 16384), "text/plain; charset=utf-8"),
        t => t.RetryInterval = new() { Seconds = 10 },
        t => t.Description = $"Two lines,\n\ta tab, and as long as allowed {new string('x', 900)}",
        t => (t.Method, t.Body) = ("GET", "{}"),
        t => t.Proxy = "http://u:p@proxy.example:3128",
        t => t.QuerySecrets.Add([new QueryParameter { Name = "a", Value = "x&y=z" }, new QueryParameter { Name = "a", Value = "2" }]),
        t => t.Method = "OPTIONS",
        t => (t.Method, t.PassResult) = ("PROPFIND", "207,999"),
        t => t.Timeout = new() { Nanos = 500_000_000 },
        t => t.Tls = new(),
        t => t.Catalog = new(),
        t => t.Assertions.Add("latency < 9999ms"),
        t => t.Assertions.Add("body matches (?=lookahead)"),
        t => { t.Url = "HTTPS://example.org/"; t.Assertions.Add(" certificate > 14d "); },
        t => InCatalog(t, ""),
        t => { InCatalog(t).Interface = "admin"; t.Assertions.Add("certificate > 14d"); },
        t =>
        {
            using var pair = ACertificate.SelfSigned();
            using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(pair)!;
            t.Tls = new() { ClientCertificate = pair.ExportCertificatePem(), ClientKey = key.ExportPkcs8PrivateKeyPem(), Ca = pair.ExportCertificatePem() };
        },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_reported_in_one_line_with_its_field(string field, string expected, Action<Target> mistake)
    {
        var (at, words) = Assert.Single(Check(mistake));

        Assert.Equal(field, at);
        Assert.Contains(expected, words);
        Assert.DoesNotContain("s3cr3t", words);
    }

    [Theory]
    [MemberData(nameof(Fine))]
    public void A_valid_target_is_accepted(Action<Target> change) => Assert.Empty(Check(change));

    private static List<(string Field, string Description)> Check(Action<Target> change)
    {
        var target = TargetMapping.WithDefaults(new Target { Name = "x", Url = "http://localhost/" });
        change(target);
        var faults = new FieldViolations();
        TargetRules.Check(target, faults);
        return [.. faults.All];
    }

    private static CatalogService InCatalog(Target target, string path = "/servers")
    {
        (target.Url, target.Authn, target.Catalog) = (path, Authn.Openstack, new CatalogService { ServiceType = "compute" });
        return target.Catalog;
    }
}
