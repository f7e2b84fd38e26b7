using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>Sends random HTTP/1 answers, byte by byte, to the real probe over loopback.</summary>
public sealed class Http1AnswerTests
{
    private static readonly string Zipped = Packed(stream => new GZipStream(stream, CompressionLevel.Fastest));

    private static readonly string[] Samples =
    [
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 27\r\n\r\n{\"a\":[{\"b\":1}],\"x\":\"\\ud800\"}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n5;x=y\r\nhello\r\n1f\r\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n0\r\nTrailer: x\r\n\r\n",
        $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {Zipped.Length}\r\n\r\n{Zipped}",
        $"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n{Packed(stream => new ZLibStream(stream, CompressionLevel.Fastest))}",
        $"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n{Packed(stream => new BrotliStream(stream, CompressionLevel.Fastest))}",
        "HTTP/1.0 301 Moved\r\nLocation: /elsewhere?a=b#c\r\nSet-Cookie: id=1; Path=/; HttpOnly\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\nETag: \"x\"\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 120\r\nServer: x/1\r\nWWW-Authenticate: Keystone uri=\"http://127.0.0.1:9/\"\r\nVia: 1.1 a, 1.1 b\r\n\r\n<html>down</html>",
        "HTTP/1.1 200 OK\nConnection: close\n\n\u00ef\u00bb\u00bf{\"a\":1e99999}",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\nPRI * HTTP/2.0",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "\u0015\u0003\u0001\u0000\u0002\u0002\u0046",
    ];

    private static readonly string[] Words =
    [
        "\r\n", "\r\n\r\n", "\n\n", ":", ": ", "HTTP/1.1 ", "200", "304", "Content-Length: ", "Content-Length: 5\r\n", "Transfer-Encoding: ", "chunked", "identity", "gzip, chunked", "Content-Encoding: ", "deflate, br, gzip",
        "Location: ", "Location: /a\r\n", "Set-Cookie: ", "Content-Type: text/plain; charset=", "utf-16", "utf-7", "gb18030", "iso-2022-jp", "\u00fe\u00ff", "\u001f\u008b\u0008", "ffffffffffffffff\r\n", "0\r\n\r\n", "-2\r\n", "[[[[[[[[[", "{\"a\":",
    ];

    [Fact]
    public async Task Every_answer_ends_in_a_result()
    {
        var answers = new ConcurrentDictionary<string, string>();
        await using var server = new RawServer(async (stream, token) =>
        {
            var request = await RawServer.ReadRequestAsync(stream, token);
            var answer = request.Split(' ') is [_, var path, ..] && answers.TryGetValue(path, out var known) ? known : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
            stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null, token);
        });
        await using var fuzz = new AnswerFuzz();

        await FuzzRun.EachAsync(1_500, 8, async (number, random) =>
        {
            var (path, answer) = ($"/{number}", new Mutator(random, Samples, Words, isOfBytes: true).Next());
            answers[path] = answer;
            var outcome = await fuzz.ProbeAsync(random, $"http://127.0.0.1:{server.Port}{path}", IsOfThisHost(answer), isHttp2: false);
            answers.TryRemove(path, out _);
            return outcome;
        });
    }

    // Only answers that send the probe to no other host.
    private static bool IsOfThisHost(string answer)
        => !answer.Contains("//", StringComparison.Ordinal) && !answer.Contains('\\', StringComparison.Ordinal) && !answer.Contains("/ /", StringComparison.Ordinal);

    private static string Packed(Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var stream = pack(packed))
        {
            stream.Write(Encoding.UTF8.GetBytes($"{{\"a\":[{{\"b\":1}}],\"text\":\"{new string('x', 300)}\"}}"));
        }

        return Encoding.Latin1.GetString(packed.ToArray());
    }
}
