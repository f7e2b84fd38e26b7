namespace Skypunch.UnitTests.Prober;

/// <summary>A connection that delivers its bytes in pieces of a given size, as a network may, and then ends.</summary>
internal sealed class PiecesStream(byte[] bytes, int size) : MemoryStream(bytes, writable: false)
{
    /// <summary>Sizes that split heads and chunks at every possible place, and a size that splits nothing.</summary>
    public static readonly int[] Sizes = [1, 2, 3, 5, 7, 64, 4096, int.MaxValue];

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
}
