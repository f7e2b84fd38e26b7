using System.Text;
using Skypunch.Prober.Http;

namespace Skypunch.UnitTests.Prober;

public sealed class Http1RequestTests
{
    [Fact]
    public void A_request_has_what_a_server_needs_and_no_more()
        => Assert.Equal(
            $"GET /a?b=c HTTP/1.1\r\nHost: a.example\r\nUser-Agent: {UserAgent.Text}\r\nAccept: */*\r\nConnection: close\r\n\r\n",
            Text(Hop("http://a.example/a?b=c")));

    [Theory]
    [InlineData("http://a.example", "/", "a.example")]
    [InlineData("http://a.example?b", "/?b", "a.example")]
    [InlineData("http://a.example:80/", "/", "a.example")]
    [InlineData("https://a.example:443/", "/", "a.example")]
    [InlineData("https://a.example:80/", "/", "a.example:80")]
    [InlineData("http://a.example:443/", "/", "a.example:443")]
    [InlineData("http://A.Example:8080/Path", "/Path", "a.example:8080")]
    [InlineData("http://a.example/a#fragment", "/a", "a.example")]
    [InlineData("http://me:secret@a.example/", "/", "a.example")]
    [InlineData("http://192.0.2.1:8080/", "/", "192.0.2.1:8080")]
    [InlineData("http://[2001:db8::1]/", "/", "[2001:db8::1]")]
    [InlineData("http://[2001:db8::1]:8080/", "/", "[2001:db8::1]:8080")]
    [InlineData("http://[fe80::1%25eth0]:8080/", "/", "[fe80::1]:8080")]
    [InlineData("http://b\u00fccher.example/", "/", "xn--bcher-kva.example")]
    [InlineData("http://a.example/\u00fc?\u00fc=\u20ac", "/%C3%BC?%C3%BC=%E2%82%AC", "a.example")]
    [InlineData("http://a.example/a b\r\nX: y", "/a%20b%0D%0AX:%20y", "a.example")]
    public void The_URL_becomes_the_path_and_the_host(string url, string path, string host)
    {
        var lines = Text(Hop(url)).Split("\r\n");

        Assert.Equal([$"GET {path} HTTP/1.1", $"Host: {host}"], lines[..2]);
    }

    [Fact]
    public void The_targets_headers_replace_those_of_every_probe_and_keep_their_order()
    {
        var hop = Hop("http://a.example/", headers: [("accept", "text/html"), ("HOST", "b.example"), ("X", "1"), ("X", ""), ("user-agent", "me")]);

        Assert.Equal(
            "GET / HTTP/1.1\r\naccept: text/html\r\nHOST: b.example\r\nX: 1\r\nX: \r\nuser-agent: me\r\nConnection: close\r\n\r\n",
            Text(hop));
    }

    [Theory]
    [InlineData("GET", false)]
    [InlineData("HEAD", false)]
    [InlineData("DELETE", false)]
    [InlineData("PUT", true)]
    [InlineData("POST", true)]
    [InlineData("PATCH", true)]
    public void A_method_with_a_body_has_an_empty_one_where_there_is_none(string method, bool hasLength)
    {
        var text = Text(Hop("http://a.example/", method));

        Assert.EndsWith(hasLength ? "\r\nContent-Length: 0\r\n\r\n" : "\r\nConnection: close\r\n\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Type", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public void A_body_follows_byte_for_byte_with_its_length_and_type(string method)
    {
        byte[] body = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        var request = Http1Request.Write(Hop("http://a.example/", method, body));

        Assert.Equal(body, request[^256..]);
        Assert.EndsWith("\r\nContent-Type: text/x\r\nContent-Length: 256\r\n\r\n", Encoding.Latin1.GetString(request[..^256]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_content_type_among_the_headers_is_the_only_one()
        => Assert.Single(
            Text(Hop("http://a.example/", "POST", "x"u8.ToArray(), ("content-type", "text/y"))).Split("\r\n"),
            line => line.StartsWith("content-type", StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("a\r\nX: y")]
    [InlineData("a\nX: y")]
    [InlineData("a\0")]
    public void No_header_can_become_two(string value)
        => Assert.Throws<InvalidOperationException>(() => Http1Request.Write(Hop("http://a.example/", headers: [("X-Token", value)])));

    private static HttpHop Hop(string url, string method = "GET", byte[]? body = null, params (string Name, string Value)[] headers) => new()
    {
        Url = new Uri(url),
        Method = new HttpMethod(method),
        Headers = [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))],
        Body = body,
        ContentType = body is null ? "" : "text/x",
    };

    private static string Text(HttpHop hop) => Encoding.Latin1.GetString(Http1Request.Write(hop));
}
