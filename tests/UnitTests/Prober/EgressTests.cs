using System.Net;
using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Egress;

namespace Skypunch.UnitTests.Prober;

/// <summary>Targets and redirects that try to make a Prober read internal addresses.</summary>
public sealed class EgressTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::a9fe:a9fe%1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    public void A_cloud_s_metadata_and_a_link_s_own_addresses_are_denied(string address) => Assert.False(Policy().Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.1.2.3")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("100.100.100.201")]
    public void All_other_addresses_are_allowed(string address) => Assert.True(Policy().Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.1.2.3", "10.0.0.0/8", null, false)]
    [InlineData("10.1.2.3", "10.0.0.0/8", "10.1.0.0/16", true)]
    [InlineData("10.2.2.3", "10.0.0.0/8", "10.1.0.0/16", false)]
    [InlineData("10.1.2.3", "10.1.2.3", "10.0.0.0/8", false)]
    [InlineData("192.0.2.1", "0.0.0.0/0, ::/0", "10.0.0.0/8", false)]
    [InlineData("10.1.2.3", "0.0.0.0/0,::/0", "10.0.0.0/8", false, "::ffff:192.0.2.1")]
    [InlineData("169.254.169.254", null, "169.254.169.254", true)]
    [InlineData("0.0.0.0", "127.0.0.0/8", null, false)]
    [InlineData("::", "::1", null, false)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.0/8", null, false)]
    public void The_longest_network_decides(string address, string? deny, string? allow, bool isAllowed, string? another = null)
    {
        var policy = Policy(deny, allow);

        Assert.Equal(isAllowed, policy.Allows(IPAddress.Parse(another ?? address)));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("localhost")]
    [InlineData("10.0.0.0/8;11.0.0.0/8")]
    public void A_setting_that_is_no_list_of_networks_is_refused(string text) => Assert.False(EgressPolicy.IsList(text));

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/")] // the same address as a number
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    public async Task A_target_at_a_denied_address_fails_with_that_reason(string url)
    {
        var result = await AProbe.RunAsync(url);

        Assert.Equal(ProbeReasons.EgressDenied, result.Reason);
        Assert.Contains("may not connect to", result.Description, StringComparison.Ordinal);
        Assert.Contains("Prober:EgressAllow", result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_a_denied_address_is_not_followed()
    {
        await using var server = RawServer.Answering("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/\r\nContent-Length: 0\r\n\r\n");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { MaxRedirects = 3 });

        Assert.Equal(ProbeReasons.EgressDenied, result.Reason);
    }

    [Fact]
    public async Task A_name_that_leads_to_a_denied_address_is_denied_when_it_is_connected_to()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        var result = await AProbe.RunAsync(AProbe.Job($"http://localhost:{server.Port}/"), ("Prober:EgressDeny", "127.0.0.0/8,::1"));

        Assert.Equal((ProbeReasons.EgressDenied, 0), (result.Reason, server.Connections));
    }

    [Fact]
    public async Task A_Keystone_at_a_denied_address_is_not_asked()
    {
        var job = AProbe.Job("http://127.0.0.1:1/").Basic("user=u,password=p,osauthendpoint=http://169.254.169.254/v3,tenantname=t") with { Authn = "OPENSTACK" };

        var result = await AProbe.RunAsync(job);

        Assert.Equal(ProbeReasons.AuthUnreachable, result.Reason);
        Assert.Contains("may not connect to 169.254.169.254", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_host_answers_after_a_redirect_is_not_shown()
    {
        await using var inside = RawServer.Answering("HTTP/1.1 500 Oops\r\nContent-Length: 13\r\n\r\nof the inside");
        await using var server = RawServer.Answering($"HTTP/1.1 302 Found\r\nLocation: {inside.Url}\r\nContent-Length: 0\r\n\r\n");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { MaxRedirects = 3 });

        Assert.Equal(ProbeReasons.StatusMismatch, result.Reason);
        Assert.DoesNotContain(result.Lines(), line => line.Contains("of the inside", StringComparison.Ordinal));
    }

    private static EgressPolicy Policy(string? deny = null, string? allow = null) => new(allow, deny);
}
