using System.IO.Compression;

namespace Skypunch.Prober.Http;

/// <summary>
/// Unpacks the body of an answer (RFC 9110, section 8.4). The packed bytes are all here before it begins, so what a decoder holds, up to 16 MiB for the window of br, is held for the
/// moment of the work and not while a server is waited for; as many work at once as there are processors; and after each slice others have their turn.
/// </summary>
internal sealed class Unpacker : IDisposable
{
    private const int OutputBytes = 16 * 1024;

    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);

    /// <summary>The codings of a Content-Encoding that say that something is packed; one that is not known is left as it is.</summary>
    public static string[] CodingsOf(string? header)
        => [.. (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(coding => coding.ToLowerInvariant())
            .Where(coding => coding is "gzip" or "x-gzip" or "deflate" or "br")];

    /// <summary>Unpacks to the end, or a little further than so many bytes.</summary>
    /// <param name="packed">All that came.</param>
    /// <param name="coding">One of <see cref="CodingsOf"/>.</param>
    /// <param name="most">How much is wanted.</param>
    /// <param name="into">Gets what is unpacked, also before an exception.</param>
    /// <param name="cancellationToken">The deadline of the probe.</param>
    /// <exception cref="InvalidDataException">It is not packed so, or is made to give work and no bytes.</exception>
    public async Task UnpackAsync(ReadOnlyMemory<byte> packed, string coding, int most, MemoryStream into, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            if (coding is not "deflate")
            {
                await RunAsync(packed, coding, most, into, cancellationToken);
                return;
            }

            var isWrapped = IsZlib(packed.Span);
            try
            {
                await RunAsync(packed, isWrapped ? "zlib" : "raw", most, into, cancellationToken);
            }
            catch (InvalidDataException) when (isWrapped && into.Length == 0)
            {
                await RunAsync(packed, "raw", most, into, cancellationToken); // it began as zlib does by chance
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static async Task RunAsync(ReadOnlyMemory<byte> packed, string coding, int most, MemoryStream into, CancellationToken cancellationToken)
    {
        var source = new PackedBytes(packed);
        await using var stream = StreamOf(source, coding);
        var buffer = new byte[OutputBytes];
        try
        {
            int count;
            while (into.Length <= most && (count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                into.Write(buffer, 0, count);
                source.Given += count;
            }
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException(e.Message, e); // the stream for br has an exception of its own
        }
    }

    private static Stream StreamOf(Stream source, string coding) => coding switch
    {
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        "zlib" => new ZLibStream(source, CompressionMode.Decompress),
        "raw" => new DeflateStream(source, CompressionMode.Decompress), // many a server means it by "deflate", and every client reads both
        _ => new GZipStream(source, CompressionMode.Decompress),
    };

    // RFC 1950, section 2.2.
    private static bool IsZlib(ReadOnlySpan<byte> packed) => packed is [var method, var flags, ..] && (method & 0x0f) == 8 && ((method << 8) + flags) % 31 == 0;
}
