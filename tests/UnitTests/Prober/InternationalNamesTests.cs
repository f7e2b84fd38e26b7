using Skypunch.Contracts;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Prober;

/// <summary>
/// Host names with characters beyond ASCII are looked up in the form that DNS uses, whichever server they belong to (RFC 5891, section 5).
/// <c>SmtpParametersTests</c> has the mail server. A login uses the same <see cref="Skypunch.Prober.Http.NameResolution"/>.
/// </summary>
public sealed class InternationalNamesTests
{
    private const string Words = "could not resolve xn--bcher-kva.invalid: ";

    [Fact]
    public async Task The_name_of_a_target_is_looked_up_in_its_DNS_form()
    {
        var result = await AProbe.RunAsync("http://B\u00fccher.invalid/");

        Assert.Equal(ProbeReasons.DnsError, result.Reason);
        Assert.StartsWith(Words, result.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://b\u00fccher.invalid/v3")]
    [InlineData("https://b\u00fccher.invalid:5000")]
    public async Task The_name_of_a_Keystone_is_looked_up_in_its_DNS_form(string endpoint)
    {
        var job = AProbe.Job("http://127.0.0.1:9/") with { Authn = "OPENSTACK" };
        job = job with { SealedAuthnParameters = job.Seal(SecretNames.Authn, $"user=u,password=p,osauthendpoint={endpoint},tenantname=t") };

        var result = await AProbe.RunAsync(job);

        Assert.Equal(ProbeReasons.AuthUnreachable, result.Reason);
        Assert.EndsWith(" is unreachable: its name could not be resolved", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_names_of_a_proxy_and_of_the_target_behind_it_are_looked_up_in_their_DNS_form()
    {
        var unknown = await AProbe.RunAsync(AProbe.Job("http://127.0.0.1:9/").WithProxy("http://b\u00fccher.invalid:3128"));
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var proxy = new AProxy(server.Port);
        var behind = await AProbe.RunAsync(AProbe.Job("http://b\u00fccher.invalid/").WithProxy($"http://127.0.0.1:{proxy.Port}"));

        Assert.Contains(Words, unknown.Description, StringComparison.Ordinal);
        Assert.Equal("OK", behind.Description);
        Assert.StartsWith("GET http://xn--bcher-kva.invalid/ HTTP/1.1\r\nHost: xn--bcher-kva.invalid\r\n", Assert.Single(proxy.Heads), StringComparison.Ordinal);
    }
}
