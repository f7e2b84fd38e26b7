using System.Net;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Web;

/// <summary>Forms of other sites do nothing, even in a browser that is logged in.</summary>
public sealed class FormsTests : IAsyncLifetime
{
    private WebHost _web = null!;

    public async ValueTask InitializeAsync() => _web = await WebHost.StartAsync();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Accept", "text/html")]
    public async Task A_form_of_another_site_is_refused(string header, string value)
    {
        var target = await _web.AddTargetAsync("x");
        var cookie = await _web.LogInAsync();

        using var answer = await _web.PostAsync($"targets/{target.Id}/delete", cookie, [], (header, value));
        using var login = await _web.PostAsync("login", "", new() { ["token"] = AdminChannel.Token }, (header, value));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (answer.StatusCode, login.StatusCode));
        Assert.False(login.Headers.Contains("Set-Cookie")); // nobody is logged in by others
        Assert.Contains("Delete", await _web.PageAsync($"targets/{target.Id}", cookie), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site")]
    [InlineData("Origin")]
    public async Task A_form_of_the_page_itself_is_taken(string header)
    {
        var target = await _web.AddTargetAsync("x");
        var cookie = await _web.LogInAsync();

        using var answer = await _web.PostAsync($"targets/{target.Id}/delete", cookie, [], (header, header == "Origin" ? _web.Address.GetLeftPart(UriPartial.Authority) : "same-origin"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var left = await new TargetService.TargetServiceClient(_web.Channel).ListTargetsAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(left.Targets);
    }

    [Fact]
    public async Task A_form_without_a_session_does_nothing_and_leads_to_the_login()
    {
        var target = await _web.AddTargetAsync("x");

        using var answer = await _web.PostAsync($"targets/{target.Id}/delete", "", []);

        Assert.Equal((HttpStatusCode.SeeOther, "/login?to="), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var left = await new TargetService.TargetServiceClient(_web.Channel).ListTargetsAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Single(left.Targets);
    }
}
