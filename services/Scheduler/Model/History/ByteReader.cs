namespace Skypunch.Scheduler.Model.History;

/// <summary>Reads what a <see cref="ByteWriter"/> has written. Bytes that it cannot have written read as zeros, and make it fail. Pure.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether something could not be read.</summary>
    public bool HasFailed { get; private set; }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly int RestLength => _rest.Length;

    public byte Byte()
    {
        if (_rest.IsEmpty)
        {
            HasFailed = true;
            return 0;
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public long Number()
    {
        var value = 0L;
        for (var (i, shift) = (0, 0); i < _rest.Length && shift < 63; i++, shift += 7)
        {
            value |= (long)(_rest[i] & 0x7F) << shift;
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        HasFailed = true;
        _rest = [];
        return 0;
    }

    public ReadOnlySpan<byte> WithLength()
    {
        var length = Number();
        if (length > _rest.Length)
        {
            HasFailed = true;
            length = 0;
        }

        var bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }

    public ReadOnlySpan<byte> Rest()
    {
        var rest = _rest;
        _rest = [];
        return rest;
    }
}
