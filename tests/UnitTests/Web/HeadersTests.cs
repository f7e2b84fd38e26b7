using System.Net;
using Skypunch.UnitTests.Standalone;

namespace Skypunch.UnitTests.Web;

/// <summary>The doors and headers of the page.</summary>
public sealed class HeadersTests
{
    [Fact]
    public async Task Every_answer_forbids_scripts_of_others_frames_and_caches()
    {
        await using var web = await WebHost.StartAsync();
        var cookie = await web.LogInAsync();

        foreach (var path in (string[])["login", "targets", "no-such-page", "targets/999"])
        {
            using var answer = await web.GetAsync(path, cookie);

            string Header(string name) => string.Join(", ", answer.Headers.GetValues(name));
            Assert.Equal("default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'", Header("Content-Security-Policy"));
            Assert.Equal(("nosniff", "DENY", "same-origin", "same-origin"), (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Referrer-Policy"), Header("Cross-Origin-Opener-Policy")));
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task No_page_needs_a_script_or_a_style_within_it()
    {
        await using var web = await WebHost.StartAsync();
        var target = await web.AddTargetAsync("x");
        var cookie = await web.LogInAsync();

        foreach (var path in (string[])["", "targets", $"targets/{target.Id}", "targets/new", "incidents", "settings", "wall"])
        {
            var page = await web.PageAsync(path, cookie);

            Assert.Contains("id=\"screen\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)", page);
            Assert.DoesNotMatch(@"<[^>]+\s(style|on[a-z]+)=", page);
        }
    }

    [Fact]
    public async Task A_file_of_the_page_is_kept_for_good_as_its_name_changes_with_it()
    {
        await using var web = await WebHost.StartAsync();
        var script = (await web.PageAsync("login", "")).Split("type=\"module\" src=\"")[1].Split('"')[0];

        using var answer = await web.GetAsync(script, "");

        Assert.Equal((HttpStatusCode.OK, "text/javascript"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("assets/app.js", "")).StatusCode);
    }

    [Fact]
    public async Task The_page_is_at_its_own_door_and_nothing_else_is()
    {
        using var folder = new TempFolder();
        await using var daemon = await DaemonInProcess.StartAsync(folder);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var health = new Uri(daemon.HealthUrl);
        async Task<HttpStatusCode> StatusAsync(int port, string path, int version)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{path}") { Version = new Version(version, version == 1 ? 1 : 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }

        var (admin, page) = (health.Port - 1, health.Port + 1);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(page, "/login", 1));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(health.Port, "/login", 1));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(admin, "/login", 2));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(health.Port, "/readyz", 1));
        Assert.All([await StatusAsync(page, "/readyz", 1), await StatusAsync(page, "/metrics", 1), await StatusAsync(page, "/metrics/targets", 1)], status => Assert.NotEqual(HttpStatusCode.OK, status));
    }
}
