using System.Text;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

public sealed class RedirectTests
{
    [Fact]
    public async Task A_redirect_is_the_answer_where_the_target_does_not_say_otherwise()
    {
        await using var server = Answering(("/", 302, "/next"));

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((ProbeReasons.StatusMismatch, "target status:302 != 200"), (result.Reason, result.Description));
        Assert.Equal("It redirects to /next: follow_redirects follows, or give the target that URL.", result.Advice);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_are_followed_each_with_its_steps(int status)
    {
        await using var server = Answering(("/", status, "/a"), ("/a", status, "b?c=d"), ("/b?c=d", 200, null));

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { MaxRedirects = 2 });

        Assert.Equal("OK", result.Description);
        Assert.Equal(3, server.Connections);
        var lines = result.Lines();
        Assert.Contains($"Redirect 1 of at most 2 to {server.Url}a", lines);
        Assert.Contains($"Redirect 2 of at most 2 to {server.Url}b?c=d", lines);
        Assert.Equal(3, lines.Count(line => line == "Connection    [OK]"));
    }

    [Theory]
    [InlineData("/a", 1, "redirected more than 1 times")]
    [InlineData("/", 5, "redirected in a circle, back to {0}")]
    [InlineData("ftp://x.example/", 5, "the 302 redirects to 'ftp://x.example/', which is no http or https URL")]
    [InlineData("http://u:p@x.example/", 5, "the 302 redirects to 'http://***@x.example/', which has a user and password in it: a probe sends none that it has not been given")]
    [InlineData("http://[", 5, "the 302 redirects to 'http://[', which is no http or https URL")]
    public async Task A_redirect_that_cannot_be_followed_is_an_error(string location, int most, string words)
    {
        await using var server = Answering(("/", 302, location), ("/a", 302, "/b"));

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { MaxRedirects = most, PassResult = "200-399" });

        Assert.Equal(
            (ProbeReasons.RedirectError, string.Format(System.Globalization.CultureInfo.InvariantCulture, words, server.Url), 302),
            (result.Reason, result.Description, result.StatusCode));
        Assert.Equal($"Response [FAIL] reason: {result.Description}", result.Lines()[^1]);
    }

    [Fact]
    public async Task What_goes_wrong_after_a_redirect_is_reported_as_what_it_is()
    {
        var gone = RawServer.Answering("");
        await gone.DisposeAsync();
        await using var server = Answering(("/", 302, gone.Url));

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { MaxRedirects = 1 });

        Assert.Equal((ProbeReasons.ConnectRefused, $"connection refused by 127.0.0.1:{gone.Port}", null), (result.Reason, result.Description, result.StatusCode));
    }

    [Fact]
    public async Task Multiple_choices_are_no_redirect_even_where_redirects_are_followed()
    {
        await using var server = Answering(("/", 300, "/v3"));

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { MaxRedirects = 5, PassResult = "300" });

        Assert.Equal((true, 300, 1), (result.Passed, result.StatusCode, server.Connections));
    }

    [Theory]
    [InlineData("200-399", ProbeReasons.Ok, "OK")]
    [InlineData("200", ProbeReasons.StatusMismatch, "target status:302 != 200")]
    public async Task A_redirect_without_Location_is_an_answer_like_any_other(string passResult, string reason, string words)
    {
        await using var server = Answering(("/", 302, null));

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { MaxRedirects = 5, PassResult = passResult });

        Assert.Equal((reason, words, 302), (result.Reason, result.Description, result.StatusCode));
    }

    [Fact]
    public async Task Credentials_and_headers_of_the_targets_own_go_to_no_other_host()
    {
        var asked = "";
        await using var other = new RawServer(async (stream, token) =>
        {
            asked = await RawServer.ReadRequestAsync(stream, token);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), token);
        });
        await using var server = Answering(("/", 302, other.Url));

        var job = AProbe.Job(server.Url).Basic("user=me,password=secret").WithHeaders("X-Auth-Token: abcdef", "X-Trace: 1", "Accept-Language: de", "User-Agent: Mine/1");
        var result = await AProbe.RunAsync(job with { MaxRedirects = 1 });

        Assert.Equal("OK", result.Description);
        Assert.Contains("User-Agent: Mine/1\r\n", asked, StringComparison.Ordinal);
        Assert.Contains("Accept-Language: de\r\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", asked, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-Auth-Token", asked, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-Trace", asked, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(302, "GET", "")]
    [InlineData(303, "GET", "")]
    [InlineData(307, "POST", "ping")]
    [InlineData(308, "POST", "ping")]
    public async Task Method_body_and_headers_follow_to_the_same_host(int status, string method, string body)
    {
        var asked = new List<string>();
        await using var server = new RawServer(async (stream, token) =>
        {
            var request = await ReadAllAsync(stream, token);
            asked.Add(request);
            var answer = asked.Count == 1 ? $"HTTP/1.1 {status} X\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
        });

        var job = AProbe.Job(server.Url).WithHeaders("X-Trace: 1").WithBody("ping");
        var result = await AProbe.RunAsync(job with { Method = "POST", MaxRedirects = 1 });

        Assert.Equal("OK", result.Description);
        Assert.StartsWith($"{method} /next HTTP/1.1\r\n", asked[1], StringComparison.Ordinal);
        Assert.EndsWith($"\r\n\r\n{body}", asked[1], StringComparison.Ordinal);
        Assert.Contains("X-Trace: 1", asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_is_taken_to_no_other_host()
    {
        await using var other = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var server = Answering(("/", 307, other.Url));

        var result = await AProbe.RunAsync(AProbe.Job(server.Url).WithBody("ping") with { Method = "PUT", MaxRedirects = 1 });

        Assert.Equal(
            (ProbeReasons.RedirectError, $"the 307 wants the request's body at another host, 127.0.0.1:{other.Port}", 0),
            (result.Reason, result.Description, other.Connections));
    }

    private static RawServer Answering(params (string Path, int Status, string? Location)[] pages) => new(async (stream, token) =>
    {
        var request = await ReadAllAsync(stream, token);
        var path = request.Split(' ')[1];
        var page = pages.Single(p => p.Path == path);
        var location = page.Location is null ? "" : $"Location: {page.Location}\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {page.Status} X\r\n{location}Content-Length: 0\r\n\r\n"), token);
    });

    // Reads a request with the short body that it may have in these tests.
    private static async Task<string> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        var request = await RawServer.ReadRequestAsync(stream, cancellationToken);
        return request.Contains("Content-Length: 4", StringComparison.Ordinal) && !request.EndsWith("ping", StringComparison.Ordinal)
            ? request + await RawServer.ReadRequestAsync(new FourBytes(stream), cancellationToken)
            : request;
    }

    private sealed class FourBytes(Stream inner) : MemoryStream
    {
        private int _left = 4;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = _left == 0 ? 0 : await inner.ReadAsync(buffer[.._left], cancellationToken);
            _left -= count;
            return count;
        }
    }
}
