using System.Buffers;
using System.Globalization;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>Reads an HTTP/1.1 answer from a connection, and tells the trace when it begins.</summary>
internal sealed class Http1Reader(Stream connection, ProbeTrace trace) : IDisposable
{
    /// <summary>The most KiB that the heads of an answer may have, those of interim answers included.</summary>
    public const int MaxHeadKib = 64;

    private const int LongestLine = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _start;
    private int _end;

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Whether something has come that is not read yet.</summary>
    public bool HasUnread => _start < _end;

    /// <summary>Reads the final head, after those of any interim answers (RFC 9110, section 15.2).</summary>
    /// <exception cref="HttpIOException">The head is not HTTP/1.1, or is too long, or breaks off.</exception>
    public async ValueTask<Http1Head> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var (searched, read) = (0, 0);
        while (true)
        {
            if (Http1Head.LengthIn(Unread, searched) is > 0 and var length)
            {
                read += length;
                CheckHead(read);
                var head = Http1Head.Parse(Unread[..length]);
                _start += length;
                if (head.Status is 101 or (< 100 or >= 200))
                {
                    return head;
                }

                searched = 0;
                continue;
            }

            searched = Unread.Length;
            CheckHead(read + searched);
            if (!Http1Head.CanBegin(Unread))
            {
                throw IsHttp2(Unread)
                    ? new MalformedAnswer("what answers there speaks HTTP/2 only") { Advice = "Set the target's http_version to 2." }
                    : new HttpIOException(HttpRequestError.InvalidResponse, "The answer does not begin as HTTP/1.1 does.");
            }

            await FillAsync(cancellationToken);
        }
    }

    /// <summary>
    /// What is known of a head that breaks off or is malformed; null: its status line has not come, or is that of an interim answer.
    /// </summary>
    public Http1Head? BegunHead() => Http1Head.OfStatusLine(Unread) is { Status: < 100 or 101 or > 199 } head ? head : null;

    /// <summary>Reads the bytes that are there, or waits for the next ones.</summary>
    /// <returns>How many bytes; 0: the server has closed the connection.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            return await connection.ReadAsync(into, cancellationToken);
        }

        var count = Math.Min(into.Length, _end - _start);
        Unread[..count].CopyTo(into.Span);
        _start += count;
        return count;
    }

    /// <summary>Reads the size of a chunk (RFC 9112, section 7.1).</summary>
    /// <exception cref="HttpIOException">The line is no size, or breaks off.</exception>
    public async ValueTask<long> ReadChunkSizeAsync(CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(cancellationToken);
        var digits = line.Split(';', 2)[0].Trim();
        var isSize = long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) && size >= 0;
        return isSize ? size : throw new MalformedAnswer($"the body's chunks are malformed: {Words.Quote(line)} is no size of one");
    }

    /// <summary>Reads the line break after a chunk.</summary>
    /// <exception cref="HttpIOException">Something else follows, or the connection breaks off.</exception>
    public async ValueTask ReadChunkEndAsync(CancellationToken cancellationToken)
    {
        if (await ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            throw new MalformedAnswer($"the body's chunks are malformed: one goes on beyond its size with {Words.Quote(line)}");
        }
    }

    /// <summary>Reads the trailers after the last chunk, which nobody needs.</summary>
    /// <exception cref="HttpIOException">They are too long, or break off.</exception>
    public async ValueTask ReadTrailersAsync(CancellationToken cancellationToken)
    {
        var read = 0;
        while ((await ReadLineAsync(cancellationToken)).Length is > 0 and var length)
        {
            read += length;
            if (read > MaxHeadKib * 1024)
            {
                throw new MalformedAnswer($"the body's chunks are malformed: more than {MaxHeadKib} KiB follow the last one");
            }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = Unread.IndexOf((byte)'\n')) < 0 && Unread.Length <= LongestLine)
        {
            await FillAsync(cancellationToken);
        }

        if (end is < 0 or > LongestLine)
        {
            throw new MalformedAnswer($"the body's chunks are malformed: a line among them has more than {LongestLine} characters");
        }

        var line = System.Text.Encoding.Latin1.GetString(Unread[..end]).TrimEnd('\r');
        _start += end + 1;
        return line;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        var count = await connection.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        if (count == 0)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The server has closed the connection.");
        }

        _end += count;
        if (trace.Phase is ProbePhase.Wait)
        {
            trace.FirstByte();
        }
    }

    private void MakeRoom()
    {
        var unread = Unread;
        var buffer = unread.Length > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        unread.CopyTo(buffer);
        (_start, _end) = (0, unread.Length);
        if (buffer != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = buffer;
        }
    }

    // The limit does not depend on how much came at once.
    private static void CheckHead(int length)
    {
        if (length > MaxHeadKib * 1024)
        {
            throw new HttpIOException(HttpRequestError.ConfigurationLimitExceeded, "The head is too long.");
        }
    }

    // A frame of the type SETTINGS, with which a server of HTTP/2 begins, or of the type GOAWAY, both on stream 0 (RFC 9113, sections 3.4
    // and 4.1).
    private static bool IsHttp2(ReadOnlySpan<byte> bytes) => bytes is [0, _, _, 4 or 7, _, 0, 0, 0, 0, ..];
}
