using System.Globalization;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>
/// The body of an HTTP/1.1 answer: as long as its head says, in chunks, or to the end of the connection (RFC 9112, section 6.3).
/// </summary>
internal sealed class Http1Body : Stream
{
    private readonly Http1Reader _reader;
    private readonly bool _isChunked;
    private readonly bool _isToTheEnd;
    private long _left;
    private bool _isOver;
    private bool _isInChunk;

    private Http1Body(Http1Reader reader, bool isChunked, long? length)
    {
        _reader = reader;
        _isChunked = isChunked;
        _isToTheEnd = !isChunked && length is null;
        _left = length ?? 0;
        _isOver = length == 0;
    }

    public override bool CanRead => true;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the next read ends at once, since its bytes are here.</summary>
    public bool IsAtHand => _isOver || (_reader.HasUnread && (_isToTheEnd || _left > 0));

    /// <summary>The body that follows a head.</summary>
    /// <exception cref="HttpIOException">The head says two things at once, or nothing that can be understood.</exception>
    public static Http1Body Of(Http1Reader reader, Http1Head head, HttpMethod method)
    {
        if (method == HttpMethod.Head || head.Status is < 200 or 204 or 304)
        {
            return new Http1Body(reader, isChunked: false, length: 0);
        }

        // Where both headers are given, Transfer-Encoding decides. Its last coding says where the body ends: "chunked" with the last chunk,
        // any other with the connection.
        if (head.Header("Transfer-Encoding")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [.., var coding])
        {
            return new Http1Body(reader, coding.Equals("chunked", StringComparison.OrdinalIgnoreCase), length: null);
        }

        return new Http1Body(reader, isChunked: false, LengthOf(head.Header("Content-Length")));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isOver || buffer.IsEmpty)
        {
            return 0;
        }

        if (_isToTheEnd)
        {
            return await _reader.ReadAsync(buffer, cancellationToken);
        }

        if (_isChunked && _left == 0 && !await NextChunkAsync(cancellationToken))
        {
            return 0;
        }

        var count = await _reader.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        if (count == 0)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The body breaks off.");
        }

        _left -= count;
        _isOver = _left == 0 && !_isChunked;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask<bool> NextChunkAsync(CancellationToken cancellationToken)
    {
        if (_isInChunk)
        {
            await _reader.ReadChunkEndAsync(cancellationToken);
        }

        _left = await _reader.ReadChunkSizeAsync(cancellationToken);
        _isInChunk = true;
        if (_left > 0)
        {
            return true;
        }

        await _reader.ReadTrailersAsync(cancellationToken);
        _isOver = true;
        return false;
    }

    // The same length may be given twice; two different lengths are an attack or a broken server. A length that is out of range counts as
    // the longest.
    private static long? LengthOf(string? header)
    {
        if (header is null)
        {
            return null;
        }

        if (long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var only))
        {
            return only;
        }

        var given = header.Split(',', StringSplitOptions.TrimEntries);
        if (!Array.TrueForAll(given, length => length.Length > 0 && length.All(char.IsAsciiDigit)))
        {
            throw new MalformedAnswer($"the answer's Content-Length is no number: {Words.Quote(header)}");
        }

        return given.Select(length => length.TrimStart('0')).Distinct().ToArray() is [var one]
            ? one.Length == 0 ? 0 : long.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : long.MaxValue
            : throw new MalformedAnswer($"the answer has more than one length: Content-Length {Words.List([.. given.Distinct().Select(Words.Quote).Take(3)])}");
    }
}
