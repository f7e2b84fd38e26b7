namespace Skypunch.UnitTests.Prober;

/// <summary>A connection that hands out its bytes in pieces of a size, as a network may, and is closed behind them.</summary>
internal sealed class PiecesStream(byte[] bytes, int size) : MemoryStream(bytes, writable: false)
{
    /// <summary>Sizes of pieces that split heads and chunks wherever they can be split, and one that does not split them.</summary>
    public static readonly int[] Sizes = [1, 2, 3, 5, 7, 64, 4096, int.MaxValue];

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
}
