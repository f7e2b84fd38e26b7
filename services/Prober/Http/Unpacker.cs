using System.IO.Compression;

namespace Skypunch.Prober.Http;

/// <summary>
/// Unpacks the body of an answer (RFC 9110, section 8.4). It begins when all compressed bytes are here, so that the memory of a decoder, up
/// to 16 MiB for the window of br, is not held while a server is waited for. As many decoders run at once as there are processors, and
/// after each slice other work has its turn.
/// </summary>
internal sealed class Unpacker : IDisposable
{
    private const int OutputBytes = 16 * 1024;

    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);

    /// <summary>The compressions that a Content-Encoding names. A body with an unknown coding is left as it is.</summary>
    public static string[] CodingsOf(string? header)
        => [.. (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(coding => coding.ToLowerInvariant())
            .Where(coding => coding is "gzip" or "x-gzip" or "deflate" or "br")];

    /// <summary>Unpacks to the end, or until a little more than the wanted bytes are there.</summary>
    /// <param name="packed">The compressed bytes.</param>
    /// <param name="coding">One of <see cref="CodingsOf"/>.</param>
    /// <param name="most">How many bytes are wanted.</param>
    /// <param name="into">Gets the unpacked bytes, also those before an exception.</param>
    /// <param name="cancellationToken">The deadline of the probe.</param>
    /// <exception cref="InvalidDataException">The bytes are not compressed so, or are made to cause work and give no bytes.</exception>
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
                await RunAsync(packed, "raw", most, into, cancellationToken); // the first bytes looked like zlib by chance
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
            throw new InvalidDataException(e.Message, e); // the decoder for br has this exception for bad bytes
        }
    }

    private static Stream StreamOf(Stream source, string coding) => coding switch
    {
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        "zlib" => new ZLibStream(source, CompressionMode.Decompress),
        "raw" => new DeflateStream(source, CompressionMode.Decompress), // many servers mean this by "deflate", and every client reads both
        _ => new GZipStream(source, CompressionMode.Decompress),
    };

    // RFC 1950, section 2.2.
    private static bool IsZlib(ReadOnlySpan<byte> packed) => packed is [var method, var flags, ..] && (method & 0x0f) == 8 && ((method << 8) + flags) % 31 == 0;
}
