using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Http;

namespace Skypunch.UnitTests.Prober;

/// <summary>RFC 6265, section 5.</summary>
public sealed class CookieTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a=b", "https://www.a.example/x/y", "a=b")]
    [InlineData("a=b", "http://www.a.example/", null)] // its default path is /x
    [InlineData("a=b", "http://www.a.example/xy", null)]
    [InlineData("a=b; Path=/", "http://www.a.example:8080/z", "a=b")]
    [InlineData("a=b; path=relative", "http://www.a.example/x/", "a=b")]
    [InlineData("a=b; Path=/", "http://a.example/", null)]
    [InlineData("a=b; Path=/", "http://sub.www.a.example/", null)]
    [InlineData("a=b; Path=/; Domain=.A.example", "http://other.a.example/", "a=b")]
    [InlineData("a=b; Path=/; Domain=a.example", "http://a.example/", "a=b")]
    [InlineData("a=b; Path=/; Domain=a.example", "http://nota.example/", null)]
    [InlineData("a=b; Path=/; Domain=b.example", "http://b.example/", null)] // the domain of another site
    [InlineData("a=b; Path=/; Domain=example", "http://www.a.example/", null)] // a top-level domain
    [InlineData("a=b; Path=/; Secure", "http://www.a.example/", null)]
    [InlineData("a=b; Path=/; Secure", "https://www.a.example/", "a=b")]
    [InlineData("a=b; Path=/; Max-Age=0", "https://www.a.example/", null)]
    [InlineData("a=b; Path=/; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "https://www.a.example/", "a=b")]
    [InlineData("a=b; Path=/; Expires=Thu, 01-Jan-1970 00:00:00 GMT", "https://www.a.example/", null)]
    [InlineData("a=b; Path=/; Expires=some day", "https://www.a.example/", "a=b")]
    [InlineData("no pair", "https://www.a.example/x", null)]
    [InlineData("a=\"b c\"; Path=/; HttpOnly; SameSite=Lax", "https://www.a.example/", "a=\"b c\"")]
    public void A_cookie_goes_where_it_is_for(string line, string to, string? sent)
    {
        var jar = new CookieJar(_ => { });

        jar.Keep(new Uri("https://www.a.example/x/page"), [line], Now);

        Assert.Equal(sent, jar.For(new Uri(to), own: null));
    }

    [Fact]
    public void A_later_cookie_replaces_one_of_the_same_name_and_the_targets_own_and_the_longest_path_comes_first()
    {
        var learned = new List<string>();
        var jar = new CookieJar(learned.Add);
        var url = new Uri("http://a.example/x/y");

        jar.Keep(url, ["a=1; Path=/", "b=2", "gone=3", "a=4; Path=/", "gone=; Max-Age=-1"], Now);

        Assert.Equal("own=5; b=2; a=4", jar.For(url, "own=5; a=6"));
        Assert.Equal(["1", "2", "3", "4"], learned);
    }

    [Theory]
    [InlineData(true, "OK")]
    [InlineData(false, "redirected in a circle, back to {0}page")]
    public async Task A_page_that_sets_a_cookie_and_comes_back_is_reached_where_cookies_are_kept(bool keeps, string description)
    {
        await using var server = Login();

        var result = await AProbe.RunAsync(AProbe.Job($"{server.Url}page").WithHeaders("Cookie: own=1") with { MaxRedirects = 3, KeepsCookies = keeps });

        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, description, server.Url), result.Description);
        Assert.Equal(keeps ? null : "The server may want to see a cookie that it has set: set the target's keep_cookies, or give it the URL behind the redirects.", result.Advice);
    }

    [Fact]
    public async Task A_cookie_is_no_more_known_in_the_next_probe_and_is_not_shown()
    {
        await using var server = Login();
        var job = AProbe.Job($"{server.Url}page").WithHeaders("Cookie: own=1") with { MaxRedirects = 3, KeepsCookies = true, PassResult = "204" };

        var first = await AProbe.RunAsync(job);
        var second = await AProbe.RunAsync(job);

        Assert.Equal((ProbeReasons.StatusMismatch, ProbeReasons.StatusMismatch), (first.Reason, second.Reason));
        Assert.Equal(6, server.Connections);
        Assert.Contains("Body: welcome, ***", first.Lines());
    }

    // /page requires the cookie that /login sets.
    private static RawServer Login() => new(async (stream, token) =>
    {
        var request = await RawServer.ReadRequestAsync(stream, token);
        var answer = request.StartsWith("GET /login ", StringComparison.Ordinal)
            ? "HTTP/1.1 302 Found\r\nSet-Cookie: session=s3cr3t-session; Path=/; HttpOnly\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n"
            : request.Contains("\r\nCookie: own=1; session=s3cr3t-session\r\n", StringComparison.Ordinal)
                ? "HTTP/1.1 200 OK\r\nContent-Length: 23\r\n\r\nwelcome, s3cr3t-session"
                : "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
    });
}
