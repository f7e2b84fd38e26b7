using Skypunch.Contracts;
using Skypunch.Prober.Keystone;

namespace Skypunch.UnitTests.Prober;

/// <summary>A Keystone that cannot be reached is distinguished from a Keystone that refuses, and the causes from each other.</summary>
public sealed class KeystoneFaultsTests
{
    private const string Parameters = "user=me,password=hunter2,tenantid=t";

    [Fact]
    public async Task A_name_that_is_not_known_is_reported()
    {
        var result = await RunAsync("http://keystone.invalid:5000/v3");

        Assert.Equal(
            (ProbeReasons.AuthUnreachable, "Keystone at keystone.invalid:5000 is unreachable: its name could not be resolved"),
            (result.Reason, result.Description));
        Assert.StartsWith(KeystoneAdvice.NoName, result.Advice, StringComparison.Ordinal);
        Assert.Matches(@"The next login is tried at \d\d:\d\d:\d\d UTC \(in 5 s\)\.$", result.Advice);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_at_is_reported()
    {
        var gone = RawServer.Answering("");
        await gone.DisposeAsync();

        var result = await RunAsync(gone.Url);

        Assert.EndsWith("is unreachable: connection refused", result.Description, StringComparison.Ordinal);
        Assert.StartsWith(KeystoneAdvice.NoListener, result.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "/v3/auth/tokens (404); correct osauthendpoint", KeystoneAdvice.NotKeystone)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "answered 200 without a token", KeystoneAdvice.NotKeystone)]
    [InlineData("HTTP/1.1 502 Oh\r\nContent-Length: 0\r\n\r\n", "answered 502", KeystoneAdvice.Unwell)]
    [InlineData("SSH-2.0-OpenSSH\r\n", "is unreachable: what answers there is not HTTP/1.1", KeystoneAdvice.NotKeystone)]
    [InlineData("", "is unreachable: the connection was closed before an answer came", KeystoneAdvice.Unwell)]
    public async Task A_server_that_is_no_Keystone_or_a_failing_Keystone_is_reported(string answer, string words, string advice)
    {
        await using var server = RawServer.Answering(answer);

        var result = await RunAsync($"{server.Url}/v3");

        Assert.Equal(ProbeReasons.AuthUnreachable, result.Reason);
        Assert.EndsWith(words, result.Description, StringComparison.Ordinal);
        Assert.StartsWith(advice, result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_is_checked_against_cacert_and_not_at_all_with_verify_false()
    {
        using var certificate = ACertificate.SignedByAnAuthority(out var authority);
        using var other = ACertificate.SignedByAnAuthority(out var otherAuthority);
        await using var keystone = await AKeystone.StartAsync(certificate: certificate);
        ProbeJob Job(string more) => keystone.Job(Parameters + more).For("/") with { Catalog = new CatalogService("identity") };

        var unknown = await AProbe.RunAsync(Job(""));
        var wrong = await AProbe.RunAsync(Job($",cacert={otherAuthority}"));
        var right = await AProbe.RunAsync(Job($",cacert={authority}"));
        var unverified = await AProbe.RunAsync(Job(",verify=false"));

        Assert.Equal(
            $"Keystone at {new Uri(keystone.Url).Authority} is unreachable: certificate is not signed by a trusted authority (issuer: CN=Test authority)",
            unknown.Description);
        foreach (var result in new[] { unknown, wrong })
        {
            Assert.Equal(ProbeReasons.AuthUnreachable, result.Reason);
            Assert.StartsWith(KeystoneAdvice.NoTrust, result.Advice, StringComparison.Ordinal);
        }

        // The login succeeded: what fails is the lookup of a service that the catalog does not have.
        Assert.Equal(ProbeReasons.AuthCatalogMiss, right.Reason);
        Assert.Equal(ProbeReasons.AuthCatalogMiss, unverified.Reason);
    }

    [Fact]
    public async Task An_application_credential_that_is_gone_is_rejected_and_not_a_missing_Keystone()
    {
        await using var keystone = await AKeystone.StartAsync();
        keystone.RefuseWith = 404;
        keystone.Message = "Could not find Application Credential: i.";

        var result = await AProbe.RunAsync(keystone.Job("application_credential_id=i,application_credential_secret=hunter2"));

        Assert.Equal(
            (ProbeReasons.AuthRejected, $"Keystone at {new Uri(keystone.Url).Authority} refused the login (404): {keystone.Message}"),
            (result.Reason, result.Description));
        Assert.StartsWith("Keystone rejected the secret of application credential i, or it does not exist any more.", result.Advice, StringComparison.Ordinal);
    }

    private static Task<ProbeResult> RunAsync(string endpoint)
        => AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9").Basic($"{Parameters},osauthendpoint={endpoint}") with { Authn = "OPENSTACK" });
}
