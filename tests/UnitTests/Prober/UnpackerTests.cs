using System.IO.Compression;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Http;

namespace Skypunch.UnitTests.Prober;

/// <summary>Bodies that unpack to very much, or that take much work for no content.</summary>
public sealed class UnpackerTests : IDisposable
{
    private readonly Unpacker _unpacker = new();

    public void Dispose() => _unpacker.Dispose();

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("raw")]
    [InlineData("br")]
    public async Task A_body_is_unpacked_and_no_more_of_it_than_is_wanted(string coding)
    {
        var plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100_000)));

        Assert.Equal(plain, await UnpackAsync(Pack(plain, coding), coding, plain.Length));
        Assert.InRange((await UnpackAsync(Pack(plain, coding), coding, 10_000)).Length, 10_001, 10_000 + (16 * 1024));
    }

    [Fact]
    public async Task Deflate_that_begins_as_zlib_by_chance_is_read_nevertheless()
    {
        byte[] stored = [0x78, 0x01, 0x00, 0xfe, 0xff, 0x41, 0x01, 0x00, 0x00, 0xff, 0xff]; // a stored block whose first bytes look like a zlib header
        var packed = Pack("hello"u8.ToArray(), "raw");

        Assert.Equal("hello"u8.ToArray(), await UnpackAsync(packed, "deflate", 100));
        Assert.Equal("A"u8.ToArray(), await UnpackAsync(stored, "deflate", 100));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("raw")]
    [InlineData("zlib")]
    public async Task Blocks_with_nothing_in_them_are_given_up(string coding)
    {
        byte[] begin = coding switch { "gzip" => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0], "zlib" => [0x78, 0x9c], _ => [] };
        byte[] packed = [.. begin, .. Enumerable.Repeat(new byte[] { 0, 0, 0, 0xff, 0xff }, 200_000).SelectMany(block => block)];

        var e = await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync(packed, coding == "gzip" ? coding : "deflate", 1_000_000));

        Assert.True(coding == "zlib" || e.Message == "The body unpacks to fewer bytes than it has.", e.Message); // after zlib fails, the body is read as raw deflate, which fails, too
    }

    [Fact]
    public async Task The_large_window_of_brotli_is_refused()
        => await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync([0x11, 0x1e, 0x80, 0xff, 0xff, 0xff, 0xff, 0x01], "br", 1_000_000));

    [Fact]
    public async Task Unpacking_ends_at_the_deadline()
    {
        using var over = new CancellationTokenSource();
        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _unpacker.UnpackAsync(Pack(new byte[100], "gzip"), "gzip", 100, new MemoryStream(), over.Token));
        Assert.Equal(new byte[100], await UnpackAsync(Pack(new byte[100], "gzip"), "gzip", 100)); // the place is free again
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("identity", "")]
    [InlineData("GZip", "gzip")]
    [InlineData("identity, br", "br")]
    [InlineData("gzip,, x-gzip", "gzip x-gzip")]
    [InlineData("utf-8", "")]
    public void Only_known_words_are_taken_for_content_codings(string? header, string codings)
        => Assert.Equal(codings, string.Join(' ', Unpacker.CodingsOf(header)));

    // Unpacking three layers of 3 KB would give the innermost decoder 3 GB of empty blocks.
    [Theory]
    [InlineData("gzip, gzip, gzip")]
    [InlineData("deflate, br")]
    [InlineData("br, gzip")]
    public async Task A_body_that_is_packed_more_than_once_is_refused_where_it_is_judged(string codings)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 200 OK\r\nContent-Encoding: {codings}\r\n\r\nwhatever");

        var judged = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "body contains x" });
        var left = await AProbe.RunAsync(server.Url);

        Assert.Equal(
            (ProbeReasons.ProtocolError, $"the body is packed more than once ({codings}): a probe unpacks one Content-Encoding"),
            (judged.Reason, judged.Description));
        Assert.Equal("OK", left.Description);
    }

    // A server that announces a block of 16 MiB and sends no more keeps only a few bytes of the Prober's memory, and no window.
    [Fact]
    public async Task Nothing_is_unpacked_before_all_of_it_is_here()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 100\r\n\r\n\u001f\u00ff\u00ff\u00ff");

        var result = await AProbe.RunAsync(AProbe.Job(server.Url) with { Assertions = "body contains x" });

        Assert.Equal(ProbeReasons.ConnectionReset, result.Reason);
    }

    private async Task<byte[]> UnpackAsync(byte[] packed, string coding, int most)
    {
        var into = new MemoryStream();
        await _unpacker.UnpackAsync(packed, coding == "raw" ? "deflate" : coding, most, into, TestContext.Current.CancellationToken);
        return into.ToArray();
    }

    private static byte[] Pack(byte[] plain, string coding)
    {
        var packed = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            "raw" => new DeflateStream(packed, CompressionLevel.Optimal),
            _ => new ZLibStream(packed, CompressionLevel.Optimal),
        })
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }
}
