using System.Text;
using Skypunch.Prober.Http;
using Skypunch.Prober.Tracing;

namespace Skypunch.UnitTests.Prober;

public sealed class Http1BodyTests
{
    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("Content-Length: 5\r\n\r\nhello and more", "hello")]
    [InlineData("Content-Length: 0\r\n\r\nmore", "")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("Content-Length: 5, 5\r\n\r\nhello", "hello")]
    [InlineData("Content-Length:  0005 \r\n\r\nhello", "hello")]
    [InlineData("Content-Length: 5\r\nContent-Length: 05\r\n\r\nhello", "hello")]
    [InlineData("Content-Length: 0, 00\r\n\r\nmore", "")]
    [InlineData("\r\nto the end", "to the end")]
    [InlineData("Connection: keep-alive\r\n\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\nmore", "hello world")]
    [InlineData("Transfer-Encoding: Chunked\n\n5\nhello\n0\n\nmore", "hello")]
    [InlineData("Transfer-Encoding: gzip , chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("Content-Length: none\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n000;last\r\nTrailer: x\r\nOther: y\r\n\r\nmore", "hello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n")]
    [InlineData("Transfer-Encoding: unchunked\r\nContent-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("Transfer-Encoding: chunked, gzip\r\nContent-Length: 3\r\n\r\n5\r\nhello", "5\r\nhello")]
    public async Task A_body_is_as_long_as_the_head_says_in_pieces_of_any_size(string answer, string body)
    {
        foreach (var size in PiecesStream.Sizes)
        {
            Assert.Equal(body, await ReadAsync(answer, HttpMethod.Get, size, bufferSize: 100));
            Assert.Equal(body, await ReadAsync(answer, HttpMethod.Get, size, bufferSize: 2));
        }
    }

    [Theory]
    [InlineData("HEAD", "200 OK")]
    [InlineData("GET", "204 No Content")]
    [InlineData("GET", "304 Not Modified")]
    [InlineData("GET", "101 Switching Protocols")]
    public async Task Where_there_can_be_no_body_none_is_read_whatever_the_head_says(string method, string status)
    {
        foreach (var length in new[] { "Content-Length: 5", "Content-Length: none", "Transfer-Encoding: chunked", "A: b" })
        {
            Assert.Equal("", await ReadAsync($"{length}\r\n\r\n5\r\nhello", new HttpMethod(method), 4096, 100, status));
        }
    }

    [Theory]
    [InlineData("Content-Length: \r\n\r\n")]
    [InlineData("Content-Length: five\r\n\r\nhello")]
    [InlineData("Content-Length: -5\r\n\r\nhello")]
    [InlineData("Content-Length: +5\r\n\r\nhello")]
    [InlineData("Content-Length: 5.0\r\n\r\nhello")]
    [InlineData("Content-Length: 0x5\r\n\r\nhello")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("Content-Length: 5,\r\n\r\nhello")]
    [InlineData("Content-Length: 5\r\n 5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nhello\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-1\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello\r\n0\r\n\r\n")]
    public async Task A_head_that_contradicts_itself_is_refused(string answer)
    {
        foreach (var size in PiecesStream.Sizes)
        {
            var e = await Assert.ThrowsAsync<MalformedAnswer>(() => ReadAsync(answer, HttpMethod.Get, size, 100));

            Assert.Equal(HttpRequestError.InvalidResponse, e.HttpRequestError);
        }
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\n", "hello")]
    [InlineData("Content-Length: 9223372036854775807\r\n\r\n", "hello!")]
    [InlineData("Content-Length: 9223372036854775808\r\n\r\n", "hello!")]
    [InlineData("Content-Length: 99999999999999999999999999\r\n\r\n", "hello!")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "5;a=b\r\nhello\r\n3\r\n???\r\n0\r\nTrailer: x\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "fffffffffffffff\r\nhello!")]
    public async Task A_connection_that_is_closed_anywhere_in_a_body_is_said_to_be(string head, string body)
    {
        for (var length = 0; length < body.Length; length++)
        {
            foreach (var size in PiecesStream.Sizes)
            {
                var e = await Assert.ThrowsAsync<HttpIOException>(() => ReadAsync(head + body[..length], HttpMethod.Get, size, 100));

                Assert.Equal(HttpRequestError.ResponseEnded, e.HttpRequestError);
            }
        }
    }

    [Fact]
    public async Task Reading_beyond_the_end_of_a_body_gives_nothing()
    {
        foreach (var answer in new[] { "Content-Length: 1\r\n\r\nab", "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nb", "\r\na" })
        {
            using var reader = Over("200 OK", answer, 4096);
            await using var body = Http1Body.Of(reader, await reader.ReadHeadAsync(TestContext.Current.CancellationToken), HttpMethod.Get);
            var buffer = new byte[10];

            Assert.Equal(1, await body.ReadAsync(buffer, TestContext.Current.CancellationToken));
            Assert.Equal(0, await body.ReadAsync(buffer, TestContext.Current.CancellationToken));
            Assert.Equal(0, await body.ReadAsync(buffer, TestContext.Current.CancellationToken));
        }
    }

    private static async Task<string> ReadAsync(string answer, HttpMethod method, int size, int bufferSize, string status = "200 OK")
    {
        using var reader = Over(status, answer, size);
        var head = await reader.ReadHeadAsync(TestContext.Current.CancellationToken);
        await using var body = Http1Body.Of(reader, head, method);
        using var read = new MemoryStream();
        await body.CopyToAsync(read, bufferSize, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(read.ToArray());
    }

    private static Http1Reader Over(string status, string answer, int size)
    {
        var trace = new ProbeTrace(TimeProvider.System);
        trace.Sent();
        return new Http1Reader(new PiecesStream(Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\n{answer}"), size), trace);
    }
}
