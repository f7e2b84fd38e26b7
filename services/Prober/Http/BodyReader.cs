using System.Buffers;
using System.IO.Compression;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>
/// Reads the body of an answer to its end, or to a cap, decompressed: neither an endless body nor a few bytes that unpack to gigabytes may
/// keep the Prober busy or fill its memory. A target may send more than the cap and be well; its status tells.
/// </summary>
internal sealed class BodyReader(IOptions<ProberOptions> options)
{
    // More than is shown, so that a secret is known as one before the end is cut off.
    private const int ExcerptBytes = 16 * 1024;

    private const int BufferBytes = 16 * 1024;

    private const int MostEncodings = 4;

    /// <summary>Reads into the answer as much as is wanted, and notes how much there was.</summary>
    /// <exception cref="IOException">The body broke off.</exception>
    /// <exception cref="InvalidDataException">The body is not compressed as its header says.</exception>
    public async Task ReadAsync(Stream body, Answer answer, BodyUse use, ProbeTrace trace, CancellationToken cancellationToken)
    {
        if (use is BodyUse.None)
        {
            return;
        }

        var cap = options.Value.MaxBodyBytes;
        var kept = use switch { BodyUse.All => new MemoryStream(), BodyUse.Excerpt => new MemoryStream(), _ => null };
        var mostKept = use is BodyUse.All ? cap : ExcerptBytes;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var stream = Decompressed(body, answer.Header("Content-Encoding"));
            var total = 0;
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                kept?.Write(buffer, 0, (int)Math.Min(count, mostKept - kept.Length));
                total += count;
                if (total > cap)
                {
                    answer.IsCut = true;
                    break;
                }
            }

            trace.End(
                StepOutcome.None,
                answer.IsCut ? "Read the first {0} of the body and left the rest" : "Read a body of {0}",
                answer.IsCut ? new ByteCount(cap) : new ByteCount(total));
        }
        catch (InvalidOperationException e) when (answer.Header("Content-Encoding") is not null)
        {
            throw new InvalidDataException(e.Message, e); // the stream for br has an exception of its own
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            answer.Body = kept is null ? default : kept.GetBuffer().AsMemory(0, (int)kept.Length);
        }
    }

    // The encodings in the order in which they were applied (RFC 9110, section 8.4); one that is not known is left as it is.
    private static Stream Decompressed(Stream stream, string? encodings)
    {
        var applied = (encodings ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (applied.Length > MostEncodings)
        {
            throw new InvalidDataException("Each would be a stream within a stream.");
        }

        foreach (var encoding in applied.Reverse())
        {
            stream = encoding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => new GZipStream(stream, CompressionMode.Decompress),
                "deflate" => new ZLibStream(stream, CompressionMode.Decompress),
                "br" => new BrotliStream(stream, CompressionMode.Decompress),
                _ => stream,
            };
        }

        return stream;
    }
}

/// <summary>A number of bytes, as a trace shows it.</summary>
internal readonly record struct ByteCount(int Bytes) : IFormattable
{
    public string ToString(string? format, IFormatProvider? formatProvider)
        => Bytes > 0 && Bytes % (1024 * 1024) == 0 ? $"{Bytes / 1024 / 1024} MiB" : $"{Bytes} bytes";
}
