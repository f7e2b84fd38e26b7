using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Prober;

/// <summary>Servers that break RFC 9112, or barely keep to it.</summary>
public sealed class BrokenServersTests
{
    private const string Ended = "connection closed before the answer was complete";

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nhi", "the answer's Content-Length is no number: 'x'")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhi", Ended)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi", "the answer has more than one length: Content-Length '2' and '3'")]
    [InlineData("HTTP/1.1 503 Oh\r\nContent-Length: x\r\n\r\nhi", "target status:503 != 200")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nhi", Ended)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nhi\r\n0\r\n\r\n", "the body's chunks are malformed: '-2' is no size of one")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhi\r\n0\r\n\r\n", "the body's chunks are malformed: 'ffffffffffffffff' is no size of one")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n", Ended)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n", Ended)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n", Ended)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n", Ended)]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "line 2 of the answer's head is malformed: 'no colon'")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\x81\x05hello", "target status:101 != 200")]
    [InlineData("HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n", "target status:0 != 200")]
    public async Task A_malformed_answer_is_reported_with_what_is_wrong(string answer, string words)
    {
        await using var server = RawServer.Answering(answer);

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal(words, result.Description);
        Assert.Equal(words[..3] switch { "the" or "lin" => ProbeReasons.ProtocolError, "con" => ProbeReasons.ConnectionReset, _ => ProbeReasons.StatusMismatch }, result.Reason);
    }

    [Theory]
    [InlineData("GET", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi")]
    [InlineData("GET", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi and what nobody has asked for")]
    [InlineData("GET", "HTTP/1.1 200\r\nContent-Length : 0\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n")]
    public async Task A_server_that_keeps_the_connection_open_is_not_waited_for(string method, string answer)
    {
        await using var server = Holding(answer);

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Method = method, PassResult = "200,204,304" });

        Assert.Equal("OK", result.Description);
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n", "the answer has more than 64 KiB of headers")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n", "the body's chunks are malformed: more than 64 KiB follow the last one", "A: b\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1", "the body's chunks are malformed: a line among them has more than 4096 characters", "0")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a=", "the body's chunks are malformed: a line among them has more than 4096 characters", "x")]
    public async Task An_endless_answer_is_cut_off(string begin, string words, string? more = null)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(begin), token);
            var repeated = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(more ?? begin, 100)));
            while (true)
            {
                await stream.WriteAsync(repeated, token);
            }
        });

        var result = await AProbe.RunAsync(server.Url);

        Assert.Equal((ProbeReasons.ProtocolError, words), (result.Reason, result.Description));
    }

    [Fact]
    public async Task The_body_of_a_redirect_is_not_waited_for()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            var isFirst = (await RawServer.ReadRequestAsync(stream, token)).StartsWith("GET / ", StringComparison.Ordinal);
            await stream.WriteAsync(
                isFirst
                    ? "HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 1000000\r\n\r\nSee"u8.ToArray()
                    : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
                token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { MaxRedirects = 1 });

        Assert.Equal(("OK", 2), (result.Description, server.Connections));
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_request_was_read_is_the_answer()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            await stream.WriteAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), token);
            stream.Socket.Close(); // closes with RST, as part of the request was not read
        });

        var result = await AProbe.RunAsync(AProbe.Job(server.Url).WithBody(new string('x', 12_000_000)) with { Method = "POST" });

        Assert.Equal((ProbeReasons.StatusMismatch, "target status:413 != 200"), (result.Reason, result.Description));
        Assert.Contains("The server did not take the whole request", result.Lines());
        Assert.DoesNotContain("Request [OK]", result.Lines());
    }

    [Fact]
    public async Task A_connection_that_is_closed_before_any_answer_was_reset()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadRequestAsync(stream, token);
            stream.Socket.Close();
        });

        var result = await AProbe.RunAsync(AProbe.Job(server.Url).WithBody(new string('x', 12_000_000)) with { Method = "POST" });

        Assert.Equal((ProbeReasons.ConnectionReset, "connection reset before an answer came"), (result.Reason, result.Description));
    }

    [Fact]
    public async Task A_server_that_does_not_take_the_request_ends_at_the_deadline()
    {
        await using var server = new RawServer((_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));

        var result = await AProbe.RunAsync(
            AProbe.Job(server.Url).WithBody(new string('x', 12_000_000)) with { Method = "POST", Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal((ProbeReasons.RequestTimeout, "no answer within 1 s"), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("", "OK")]
    [InlineData("Content-Length: 2\r\n", "OK")]
    [InlineData("Content-Length: 3\r\n", Ended)]
    [InlineData("Transfer-Encoding: chunked\r\n", Ended)]
    public async Task A_TLS_connection_may_be_closed_without_a_word_where_the_answer_is_complete(string header, string words)
    {
        using var certificate = ACertificate.SelfSigned();
        await using var server = new RawServer(async (stream, token) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
            await RawServer.ReadRequestAsync(tls, token);
            await tls.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{header}\r\n{(header.Contains("chunked", StringComparison.Ordinal) ? "2\r\nhi\r\n" : "hi")}"), token);
            stream.Socket.Shutdown(SocketShutdown.Send); // without close_notify
        });

        var result = await AProbe.RunAsync(
            AProbe.Job($"https://127.0.0.1:{server.Port}/").WithTls(("ca", certificate.ExportCertificatePem())));

        Assert.Equal(words, result.Description);
    }

    private static RawServer Holding(string answer) => new(async (stream, token) =>
    {
        await RawServer.ReadRequestAsync(stream, token);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
    });
}
