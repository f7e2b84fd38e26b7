namespace Skypunch.Scheduler.Model.History;

/// <summary>Writes numbers into a buffer that must be long enough. A number has seven bits in each byte, the lowest first (LEB128). Pure.</summary>
internal ref struct ByteWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    public void Byte(byte value) => _buffer[_length++] = value;

    public void Number(long value)
    {
        for (var rest = (ulong)Math.Max(0, value); ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                _buffer[_length++] = (byte)rest;
                return;
            }

            _buffer[_length++] = (byte)(rest | 0x80);
        }
    }

    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_length..]);
        _length += bytes.Length;
    }

    public void WithLength(scoped ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        Bytes(bytes);
    }
}
