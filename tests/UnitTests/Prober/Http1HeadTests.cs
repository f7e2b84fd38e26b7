using System.Text;
using Skypunch.Prober.Http;

namespace Skypunch.UnitTests.Prober;

public sealed class Http1HeadTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", 200, "OK")]
    [InlineData("HTTP/1.0 404 Not Found\r\nA: b\r\n\r\n", 404, "Not Found")]
    [InlineData("HTTP/1.1 200 OK\n\n", 200, "OK")]
    [InlineData("HTTP/1.1 200 OK\nA: b\n\r\n", 200, "OK")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n\n", 200, "OK")]
    [InlineData("HTTP/1.1 200\r\n\r\n", 200, "")]
    [InlineData("HTTP/1.1 200 \r\n\r\n", 200, "")]
    [InlineData("HTTP/1.9 503 D\u00e9j\u00e0  vu\r\n\r\n", 503, "Déjà  vu")]
    [InlineData("HTTP/1.1 999 No\r\n\r\n", 999, "No")]
    public void A_head_says_how_the_request_ended(string text, int status, string reason)
    {
        var head = Parse(text);

        Assert.Equal((status, reason), (head.Status, head.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/1.1 ")]
    [InlineData("HTTP/1.1 20 OK")]
    [InlineData("HTTP/1.1 2000 OK")]
    [InlineData("HTTP/1.1 200OK")]
    [InlineData("HTTP/1.1 -20 OK")]
    [InlineData("HTTP/1.1 2x0 OK")]
    [InlineData("HTTP/1.1  200 OK")]
    [InlineData("HTTP/1.1\t200 OK")]
    [InlineData("HTTP/1.x 200 OK")]
    [InlineData("HTTP/1.10 200 OK")]
    [InlineData("HTTP/2.0 200 OK")]
    [InlineData("http/1.1 200 OK")]
    [InlineData(" HTTP/1.1 200 OK")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon")]
    [InlineData("HTTP/1.1 200 OK\r\n: no name")]
    [InlineData("HTTP/1.1 200 OK\r\ntwo words: x")]
    [InlineData("HTTP/1.1 200 OK\r\n begins: with a blank")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n\r")]
    [InlineData("HTTP/1.1 200 OK\r\nA\0: b")]
    [InlineData("HTTP/1.1 200 OK\r\nA\rB: c")]
    public void A_malformed_head_is_refused(string text)
    {
        var e = Assert.ThrowsAny<HttpIOException>(() => Parse(text + "\r\n\r\n"));

        Assert.Equal(HttpRequestError.InvalidResponse, e.HttpRequestError);
    }

    [Theory]
    [InlineData("Server: nginx", "nginx")]
    [InlineData("SERVER:nginx", "nginx")]
    [InlineData("server: \t nginx \t ", "nginx")]
    [InlineData("Server : nginx", "nginx")]
    [InlineData("Server:", "")]
    [InlineData("Server: a:b", "a:b")]
    [InlineData("Server: a\r\nX: y\r\nserver: b\r\nSERVER:c", "a, b, c")]
    [InlineData("Server: a\r\n  b\r\n\tc\r\nX: y\r\n  z", "a b c")]
    [InlineData("X: y\r\n Server: folded", null)]
    [InlineData("Servers: a\r\nServe: b\r\nX-Server: c", null)]
    [InlineData("X: Server: a", null)]
    public void A_header_is_found_whatever_its_letters_and_all_of_its_lines_are_listed(string lines, string? value)
    {
        Assert.Equal(value, Parse($"HTTP/1.1 200 OK\r\n{lines}\r\n\r\n").Header("Server"));
        Assert.Equal(value, Parse($"HTTP/1.1 200 OK\n{lines.ReplaceLineEndings("\n")}\n\n").Header("Server"));
    }

    // RFC 9110, section 5.5.
    [Theory]
    [InlineData("Server: a\0b\rc", "a b c")]
    [InlineData("Server: \0\r", "")]
    [InlineData("X: \0\r\nServer: a\r\n \rb\0", "a b")]
    public void A_null_or_carriage_return_in_a_head_becomes_a_blank(string lines, string value)
    {
        var head = Parse($"HTTP/1.1 200 O\0K\rx\r\n{lines}\r\n\r\n");

        Assert.Equal(("O K x", value), (head.Reason, head.Header("Server")));
    }

    [Theory]
    [InlineData("Location", "/\u00c3\u00bc", "/ü")] // UTF-8
    [InlineData("Location", "/\u00fc", "/ü")] // ISO 8859-1
    [InlineData("Server", "\u00fc", "ü")]
    [InlineData("Server", "\u00c3\u00bc", "\u00c3\u00bc")]
    public void Bytes_beyond_ASCII_are_ISO_8859_1_except_in_the_Location_of_a_redirect(string name, string bytes, string value)
        => Assert.Equal(value, Parse($"HTTP/1.1 302 Found\r\n{name}: {bytes}\r\n\r\n").Header(name));

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\nA: b\n\n")]
    [InlineData("HTTP/1.1 200 OK\nA: b\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    public void The_end_of_a_head_is_found_wherever_the_network_has_split_it(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text + "\r\n\n\r\nbody\n\n");
        for (var searched = 0; searched < text.Length; searched++)
        {
            Assert.Equal(0, Http1Head.LengthIn(bytes.AsSpan(0, searched), Math.Max(0, searched - 1)));
            Assert.Equal(text.Length, Http1Head.LengthIn(bytes, searched));
            Assert.Equal(text.Length, Http1Head.LengthIn(bytes.AsSpan(0, text.Length), searched));
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("H", true)]
    [InlineData("HTTP/1.", true)]
    [InlineData("HTTP/1.1 200 OK", true)]
    [InlineData("HTTP/2", false)]
    [InlineData("h", false)]
    [InlineData("\r\nHTTP/1.1 200 OK", false)]
    [InlineData("SSH-2.0", false)]
    public void The_first_bytes_show_what_cannot_become_a_head(string text, bool can)
        => Assert.Equal(can, Http1Head.CanBegin(Encoding.Latin1.GetBytes(text)));

    private static Http1Head Parse(string text) => Http1Head.Parse(Encoding.Latin1.GetBytes(text));
}
