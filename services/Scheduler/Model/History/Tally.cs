namespace Skypunch.Scheduler.Model.History;

/// <summary>
/// Counts of codes in few bytes: of each code that occurs the code, and its count as a number. Two tallies one after the other are the tally
/// of both, so a database can add them without reading them. Pure.
/// </summary>
internal static class Tally
{
    /// <summary>How many codes there are.</summary>
    public const int Codes = 256;

    /// <summary>Writes a tally in which a code has more.</summary>
    /// <param name="tally">The tally before.</param>
    /// <param name="code">The code.</param>
    /// <param name="more">How much more.</param>
    /// <param name="to">Gets the tally: at most 11 bytes more than before.</param>
    public static void Add(ReadOnlySpan<byte> tally, byte code, long more, ref ByteWriter to)
    {
        var rest = new ByteReader(tally);
        while (!rest.IsAtEnd)
        {
            var begin = tally.Length - rest.RestLength;
            if (rest.Byte() == code)
            {
                var count = rest.Number();
                to.Bytes(tally[..begin]);
                to.Byte(code);
                to.Number(count + more);
                to.Bytes(rest.Rest());
                return;
            }

            rest.Number();
        }

        to.Bytes(tally);
        to.Byte(code);
        to.Number(more);
    }

    /// <summary>Adds the counts of a tally to those by code.</summary>
    /// <returns>Whether the tally was whole. One that was edited by hand in SQL is read as far as it can be.</returns>
    public static bool ReadInto(Span<long> counts, ReadOnlySpan<byte> tally)
    {
        var rest = new ByteReader(tally);
        while (!rest.IsAtEnd)
        {
            var (code, count) = (rest.Byte(), rest.Number());
            if (rest.HasFailed)
            {
                return false;
            }

            counts[code] = unchecked(counts[code] + count) is >= 0 and var sum ? sum : long.MaxValue;
        }

        return true;
    }

    /// <summary>The tally of counts by code; null: all are zero.</summary>
    public static byte[]? Write(ReadOnlySpan<long> counts)
    {
        var writer = new ByteWriter(new byte[counts.Length * 10]);
        for (var code = 0; code < counts.Length; code++)
        {
            if (counts[code] > 0)
            {
                writer.Byte((byte)code);
                writer.Number(counts[code]);
            }
        }

        return writer.Written.IsEmpty ? null : writer.Written.ToArray();
    }
}
