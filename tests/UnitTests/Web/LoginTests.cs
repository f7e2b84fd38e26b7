using System.Net;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Web;

/// <summary>Logging in to the page, and out again.</summary>
public sealed class LoginTests : IAsyncLifetime
{
    private WebHost _web = null!;

    public async ValueTask InitializeAsync() => _web = await WebHost.StartAsync();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Fact]
    public async Task Without_a_session_a_page_leads_to_the_login_which_knows_the_way_back()
    {
        using var answer = await _web.GetAsync("targets?status=fail", "");

        Assert.Equal((HttpStatusCode.SeeOther, "/login?to=targets%3Fstatus%3Dfail"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Contains("value=\"targets?status=fail\"", await _web.PageAsync("login?to=targets%3Fstatus%3Dfail", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_opens_one_session_and_no_second_one()
    {
        var code = (await Access.CreateLoginCodeAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Code;

        using var first = await _web.GetAsync($"login/{code}", "");
        using var second = await _web.GetAsync($"login/{code}", "");

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (first.StatusCode, first.Headers.Location!.OriginalString));
        Assert.Contains("Log out", await _web.PageAsync("", WebHost.CookieOf(first)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_token_opens_a_session_and_another_token_does_not()
    {
        using var right = await _web.PostAsync("login", "", new() { ["token"] = AdminChannel.Token, ["to"] = "incidents" });
        using var wrong = await _web.PostAsync("login", "", new() { ["token"] = "another", ["to"] = "" });
        using var none = await _web.PostAsync("login", "", new() { ["token"] = " ", ["to"] = "" });

        Assert.Equal((HttpStatusCode.SeeOther, "/incidents"), (right.StatusCode, right.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.OK, (await _web.GetAsync("incidents", WebHost.CookieOf(right))).StatusCode);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (wrong.StatusCode, none.StatusCode));
        Assert.Contains("This is not the admin token.", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(wrong.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\t//evil.example")]
    public async Task A_login_leads_to_no_other_site(string to)
    {
        using var answer = await _web.PostAsync("login", "", new() { ["token"] = AdminChannel.Token, ["to"] = to });

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        Assert.DoesNotContain("evil", await _web.PageAsync($"login?to={Uri.EscapeDataString(to)}", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_leads_back_to_a_path_with_letters_that_no_header_may_have()
    {
        using var answer = await _web.PostAsync("login", "", new() { ["token"] = AdminChannel.Token, ["to"] = "targets?match=Büro 1" });

        Assert.Equal("/targets?match=B%C3%BCro%201", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_cookie_is_for_requests_of_this_page_alone_and_no_script_reads_it()
    {
        using var answer = await _web.PostAsync("login", "", new() { ["token"] = AdminChannel.Token });

        var parts = WebHost.SetCookie(answer).Split("; ").ToList();
        Assert.StartsWith($"skypunch-{_web.Address.Port}=", parts[0], StringComparison.Ordinal);
        Assert.Contains("httponly", parts);
        Assert.Contains("samesite=lax", parts);
        Assert.Contains("path=/", parts);
        Assert.DoesNotContain("secure", parts); // a browser would not keep it without TLS
        Assert.DoesNotContain(parts, part => part.StartsWith("domain=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_logs_out_has_no_session_any_more_whoever_has_the_cookie()
    {
        var cookie = await _web.LogInAsync();
        Assert.Equal(HttpStatusCode.OK, (await _web.GetAsync("targets", cookie)).StatusCode);

        using var answer = await _web.PostAsync("logout", cookie, []);

        Assert.Equal((HttpStatusCode.SeeOther, "/login"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Contains("expires=Thu, 01 Jan 1970", WebHost.SetCookie(answer), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await _web.GetAsync("targets", cookie)).StatusCode);
        Assert.Empty((await Access.ListSessionsAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Sessions);
    }

    [Fact]
    public async Task A_session_that_is_ended_elsewhere_has_ended_here_after_ten_seconds()
    {
        var cookie = await _web.LogInAsync();
        Assert.Equal(HttpStatusCode.OK, (await _web.GetAsync("targets", cookie)).StatusCode);

        var session = Assert.Single((await Access.ListSessionsAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Sessions);
        await Access.DeleteSessionAsync(new() { Id = session.Id }, cancellationToken: TestContext.Current.CancellationToken);
        _web.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(HttpStatusCode.SeeOther, (await _web.GetAsync("targets", cookie)).StatusCode);
    }

    private AccessService.AccessServiceClient Access => new(_web.Channel);
}
