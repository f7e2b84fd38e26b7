using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Skypunch.ServiceDefaults;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.UnitTests.Hosting;
using Skypunch.Web;

namespace Skypunch.UnitTests.Web;

/// <summary>The page as a process of its own needs an address and a token, and is ready while the admin API answers to it.</summary>
public sealed class ReadinessOfWebTests
{
    [Fact]
    public async Task With_an_address_and_the_token_alone_it_starts_and_is_ready()
    {
        await using var web = await WebHost.StartAsync();

        await Eventually.HoldsAsync(async () => (await ReadyAsync(web)).Status == HttpStatusCode.OK, "the page is ready");
    }

    [Fact]
    public async Task With_another_token_it_is_not_ready_and_says_why()
    {
        await using var web = await WebHost.StartAsync(("Admin:Token", "another"));

        await Eventually.HoldsAsync(
            async () => await ReadyAsync(web) is { Status: HttpStatusCode.ServiceUnavailable, Body: var body } && body.Contains("is not the Scheduler", StringComparison.Ordinal),
            "the page says that its token is wrong");
    }

    [Fact]
    public async Task Without_an_answer_of_the_admin_API_it_is_not_ready_but_alive()
    {
        await using var web = await WebHost.StartAsync(("Web:ApiUrl", "http://127.0.0.1:9"));

        var ready = await ReadyAsync(web);
        using var alive = await web.Browser.GetAsync(new Uri(web.HealthAddress, "healthz"), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.Status, alive.StatusCode));
        Assert.Contains("admin api", ready.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_token_it_does_not_start()
    {
        var fault = Assert.Throws<StartupException>(() => Builder().AddWeb());

        Assert.Equal("The page calls the admin API with its token: set Admin:Token or Admin:TokenFile to that of the Scheduler.", fault.Message);
    }

    private static WebApplicationBuilder Builder()
    {
        var builder = TestHost.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Kestrel:Endpoints:Web:Url", (string?)"http://127.0.0.1:0")]);
        builder.AddServiceDefaults();
        return builder;
    }

    private static async Task<(HttpStatusCode Status, string Body)> ReadyAsync(WebHost web)
    {
        web.Clock.Advance(TimeSpan.FromSeconds(1)); // an answer is kept for a second
        using var answer = await web.Browser.GetAsync(new Uri(web.HealthAddress, "readyz"), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
