using Microsoft.AspNetCore.Http;
using Skypunch.ServiceDefaults.Doors;

namespace Skypunch.UnitTests.Hosting;

public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("127.0.0.1:7413", true)]
    [InlineData("[::1]:7413", true)]
    [InlineData("10.1.2.3:7414", true)] // an orchestrator uses the address
    [InlineData("localhost:7413", true)]
    [InlineData("notifier:7433", true)]
    [InlineData("host.docker.internal:7413", true)]
    [InlineData("scheduler.skypunch.svc.cluster.local:7413", true)]
    [InlineData("skypunch.example.com", true)]
    [InlineData("SKYPUNCH.example.com.:443", true)]
    [InlineData("evil.example.net:7413", false)]
    [InlineData("skypunch.example.com.evil.example.net:7413", false)]
    [InlineData("127.0.0.1.evil.example.net", false)]
    [InlineData("svc", true)]
    [InlineData("", false)]
    public void A_name_that_others_can_register_is_refused_unless_it_is_configured(string host, bool isAllowed)
        => Assert.Equal(isAllowed, new AllowedHosts("skypunch.example.com, other.example.com").Allows(new HostString(host)));

    [Fact]
    public void This_machine_s_own_name_is_allowed() => Assert.True(new AllowedHosts(null).Allows(new HostString(Environment.MachineName, 7413)));

    [Theory]
    [InlineData(null, true)]
    [InlineData("http://127.0.0.1:7413", true)]
    [InlineData("http://127.0.0.1:7414", false)]
    [InlineData("http://evil.example.net", false)]
    [InlineData("http://evil.example.net:7413", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void A_page_of_another_site_is_refused(string? origin, bool isAllowed)
        => Assert.Equal(isAllowed, AllowedHosts.AllowsOrigin(origin, new HostString("127.0.0.1", 7413)));
}
