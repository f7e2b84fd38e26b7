using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Http;
using Skypunch.Prober.Settings;
using Skypunch.Prober.Tracing;

namespace Skypunch.UnitTests.Prober;

public sealed class BodyTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_compressed_body_is_read_as_what_it_holds(string encodings)
    {
        var body = encodings.Split(", ").Aggregate(Encoding.UTF8.GetBytes("all is well"), Compress);
        await using var server = Answering(body, $"Content-Encoding: {encodings}\r\n");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "body matches ^all is well$" });

        Assert.Equal("OK", result.Description);
        Assert.Contains("Read a body of 11 bytes", result.Lines());
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Streams_within_streams_are_refused(string encoding)
    {
        await using var server = Answering("x"u8.ToArray(), $"Content-Encoding: {string.Join(',', Enumerable.Repeat(encoding, 5000))}\r\n");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "body contains x" });

        Assert.Equal(ProbeReasons.ProtocolError, result.Reason);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_body_that_is_judged_and_not_compressed_as_it_says_is_a_protocol_error(string encodings)
    {
        await using var server = Answering("plain text that is none"u8.ToArray(), $"Content-Encoding: {encodings}\r\n");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "body contains x" });

        Assert.Equal("OK", (await AProbe.RunAsync(server.Url)).Description); // without an assertion on the body, it is not unpacked
        Assert.Equal(
            (ProbeReasons.ProtocolError, "the body is not compressed as its Content-Encoding says"),
            (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("body contains x", ProbeReasons.BodyTooLarge, "the body is too large for its assertions: it has more than 1048576 bytes")]
    public async Task A_few_bytes_that_unpack_to_gigabytes_are_left_at_the_cap(string assertions, string reason, string words)
    {
        var megabytes = new byte[64 * 1024 * 1024];
        await using var server = Answering(Compress(megabytes, "gzip"), "Content-Encoding: gzip\r\n");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = assertions });

        Assert.Equal((reason, words), (result.Reason, result.Description));
        Assert.Contains("Read the first 1 MiB of the body and left the rest", result.Lines());
    }

    [Fact]
    public async Task Neither_more_is_kept_than_the_cap_nor_much_more_is_read()
    {
        var endless = new EndlessStream();
        using var response = new HttpResponseMessage();
        var answer = new Answer(new Http2Head(response), isOfTarget: true);
        using var unpacker = new Unpacker();
        var reader = new BodyReader(unpacker, TimeProvider.System, Options.Create(new ProberOptions { MaxBodyBytes = 100_000 }));

        await reader.ReadAsync(endless, answer, new BodyWish(BodyUse.All, () => BodyReader.GlanceTime), new ProbeTrace(TimeProvider.System), TestContext.Current.CancellationToken);

        Assert.Equal((100_000, 100_000), (answer.Body.Length, answer.CutAt));
        Assert.InRange(endless.Taken, 100_001, 100_000 + (64 * 1024));
    }

    [Fact]
    public async Task The_cap_can_be_set()
    {
        await using var server = Answering(new byte[3000], "");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "body contains x" }, ("Prober:MaxBodyBytes", "2000"));

        Assert.Equal("the body is too large for its assertions: it has more than 2000 bytes", result.Description);
        Assert.Equal("Ask for a smaller page, or raise Prober:MaxBodyBytes.", result.Advice);
    }

    [Theory]
    [InlineData("", "déjà vu")]
    [InlineData("Content-Type: text/plain; charset=iso-8859-1\r\n", "dÃ©jÃ\u00A0 vu")]
    [InlineData("Content-Type: text/plain; charset=\"UTF-8\"\r\n", "déjà vu")]
    [InlineData("Content-Type: text/plain; charset=klingon\r\n", "déjà vu")]
    public async Task A_failing_body_begins_in_the_trace_in_its_charset(string header, string shown)
    {
        await using var server = Answering(Encoding.UTF8.GetBytes("déjà vu"), header, status: 500);

        var result = await AProbe.RunAsync(server.Url);

        Assert.Contains($"Body: {shown}", result.Lines());
    }

    [Fact]
    public async Task A_failing_body_is_shortened_to_a_KiB_after_the_secrets_are_masked()
    {
        const string Secret = "hunter2-and-more";
        var body = $"{new string('x', 1015)}{Secret}{new string('y', 5000)}";
        await using var server = Answering(Encoding.UTF8.GetBytes(body), "", status: 500);

        var result = await AProbe.RunAsync(AProbe.Job(server.Url).Basic($"user=me,password={Secret}"));

        Assert.Contains($"Body: {new string('x', 1015)}***yyyyy…", result.Lines());
    }

    [Fact]
    public async Task A_server_that_echoes_the_request_shows_no_secret()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            var request = await RawServer.ReadRequestAsync(stream, token);
            var echo = request + System.Net.WebUtility.HtmlEncode(request) + System.Text.Json.JsonSerializer.Serialize(request);
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 500 Oh\r\nContent-Length: {echo.Length}\r\n\r\n{echo}"), token);
        });

        var job = AProbe.Job(server.Url).Basic("user=me,password=p&ss<word>").WithHeaders("X-Api-Key: k&y<1234>", "Cookie: sid=\"c00kie\"");
        var result = await AProbe.RunAsync(job);

        var shown = string.Join('\n', result.Lines());
        Assert.Contains("Body: GET / HTTP/1.1", shown, StringComparison.Ordinal);
        Assert.Contains("X-Api-Key: ***", shown, StringComparison.Ordinal);
        Assert.Contains("Authorization: Basic ***", shown, StringComparison.Ordinal);
        foreach (var secret in new[] { "word", "1234", "c00kie", Convert.ToBase64String("me:p&ss<word>"u8) })
        {
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        }
    }

    private sealed class EndlessStream : MemoryStream
    {
        public int Taken { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Taken += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private static byte[] Compress(byte[] plain, string encoding)
    {
        var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => new ZLibStream(packed, CompressionLevel.Fastest),
        })
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }

    private static RawServer Answering(byte[] body, string headers, int status = 200) => new(async (stream, token) =>
    {
        await RawServer.ReadRequestAsync(stream, token);
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {status} X\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), token);
        await stream.WriteAsync(body, token);
    });
}
