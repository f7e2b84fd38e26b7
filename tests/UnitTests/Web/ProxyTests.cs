using System.Net;

namespace Skypunch.UnitTests.Web;

/// <summary>The page behind a reverse proxy: with TLS, under another name, below a path.</summary>
public sealed class ProxyTests
{
    private static readonly (string, string)[] ByTls = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "page.example.com")];

    [Fact]
    public async Task Behind_a_proxy_that_is_trusted_the_cookie_is_sent_by_TLS_alone_and_to_this_host_alone()
    {
        await using var web = await WebHost.StartAsync(("Admin:TrustedProxies", "127.0.0.0/8"), ("Admin:AllowedHosts", "page.example.com"));

        using var answer = await web.PostAsync("login", "", new() { ["token"] = AdminChannel.Token }, [.. ByTls, ("Origin", "https://page.example.com")]);

        var cookie = WebHost.SetCookie(answer);
        Assert.StartsWith("__Host-skypunch=", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/; secure;", cookie, StringComparison.Ordinal);
        using var page = await web.GetAsync("targets", WebHost.CookieOf(answer), ByTls);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")] // a list without a network
    [InlineData("10.0.0.0/8")]
    public async Task What_nobody_trusts_is_not_believed(string trusted)
    {
        await using var web = await WebHost.StartAsync(("Admin:AllowedHosts", "page.example.com"), ("Admin:TrustedProxies", trusted));

        using var answer = await web.PostAsync("login", "", new() { ["token"] = AdminChannel.Token }, [.. ByTls, ("Sec-Fetch-Site", "same-origin")]);

        Assert.StartsWith($"skypunch-{web.Address.Port}=", WebHost.SetCookie(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_name_that_is_not_known_is_refused_also_if_a_proxy_tells_it()
    {
        await using var web = await WebHost.StartAsync(("Admin:TrustedProxies", "127.0.0.0/8"));

        using var answer = await web.GetAsync("login", "", ByTls);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("skypunch/")]
    public async Task Below_a_path_all_links_have_it_whether_the_proxy_cuts_it_off_or_not(string seen)
    {
        await using var web = await WebHost.StartAsync(("Web:PathBase", "/skypunch"));

        using var first = await web.GetAsync($"{seen}targets?status=fail", "");
        var form = await web.PageAsync($"{seen}login", "");
        using var login = await web.PostAsync($"{seen}login", "", new() { ["token"] = AdminChannel.Token, ["to"] = "targets" });
        var page = await web.PageAsync($"{seen}targets", WebHost.CookieOf(login));

        Assert.Equal("/skypunch/login?to=targets%3Fstatus%3Dfail", first.Headers.Location!.OriginalString);
        Assert.Equal("/skypunch/targets", login.Headers.Location!.OriginalString);
        Assert.All([form, page], text => Assert.Contains("<base href=\"/skypunch/\"", text, StringComparison.Ordinal));
        Assert.Contains("action=\"login\"", form, StringComparison.Ordinal);
        Assert.Contains("href=\"/skypunch/targets#main\"", page, StringComparison.Ordinal);
        var style = page.Split("rel=\"stylesheet\" href=\"")[1].Split('"')[0];
        Assert.Equal(HttpStatusCode.OK, (await web.GetAsync(seen + style, "")).StatusCode);
    }
}
