namespace Skypunch.Prober.Http;

/// <summary>
/// Gives compressed bytes to a decoder, a slice at a time. Between two slices other work has its turn, and the deadline is checked. A
/// decoder that takes much and gives nothing is stopped, since a body can be made of empty blocks.
/// </summary>
internal sealed class PackedBytes(ReadOnlyMemory<byte> bytes) : Stream
{
    private const int Slice = 4 * 1024;
    private const int MostForNothing = 16 * 1024;

    private int _taken;

    /// <summary>How many bytes the decoder has given so far.</summary>
    public long Given { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_taken > 0)
        {
            await Task.Yield();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (_taken - Given > MostForNothing)
        {
            throw new InvalidDataException("The body unpacks to fewer bytes than it has.");
        }

        var count = Math.Min(Math.Min(buffer.Length, Slice), bytes.Length - _taken);
        bytes.Slice(_taken, count).CopyTo(buffer);
        _taken += count;
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
}
