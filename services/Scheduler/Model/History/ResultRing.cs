namespace Skypunch.Scheduler.Model.History;

/// <summary>The last results of a target, one after the other. Pure.</summary>
internal ref struct ResultRing
{
    /// <summary>How many results are kept in a target's row, and the most of a chunk.</summary>
    public const int Size = 60;

    private const byte ChunkVersion = 1;

    /// <summary>The time between two results on schedule, in milliseconds.</summary>
    public long Step;

    /// <summary>The slot of the result before the first one, in milliseconds since 1970 began.</summary>
    public long Before;

    /// <summary>The slot of the last result, in milliseconds since 1970 began.</summary>
    public long Last;

    /// <summary>How many results there are.</summary>
    public int Count;

    /// <summary>How many of them, at the end, are in no chunk yet.</summary>
    public int Loose;

    /// <summary>The results.</summary>
    public ReadOnlySpan<byte> Results;

    /// <summary>Whether the numbers can be right; whether the results are is not looked at each time.</summary>
    public readonly bool IsPossible => Count <= Size && Loose <= Count && Step is >= 1000 and <= OpenHour.LastInstant;

    /// <summary>Makes room for one more, where the ring is full.</summary>
    public void DropFirst()
    {
        if (Count < Size)
        {
            return;
        }

        var from = new ByteReader(Results);
        Before = KeptResult.Read(ref from, Before, Step).Slot;
        Results = from.Rest();
        Count--;
    }

    /// <summary>Writes the results for another step, as a target's frequency has changed.</summary>
    public void ChangeStep(long step)
    {
        var to = new ByteWriter(new byte[Count * KeptResult.Longest]);
        var from = new ByteReader(Results);
        var last = Before;
        for (var i = 0; i < Count; i++)
        {
            var result = KeptResult.Read(ref from, last, Step);
            result.Write(ref to, last, step);
            last = result.Slot;
        }

        Results = to.Written;
        Step = step;
    }

    /// <summary>The results that are in no chunk yet, as a chunk.</summary>
    public readonly byte[] LooseAsChunk()
    {
        var from = new ByteReader(Results);
        var last = Before;
        for (var i = 0; i < Count - Loose; i++)
        {
            last = KeptResult.Read(ref from, last, Step).Slot;
        }

        var results = from.Rest();
        var to = new ByteWriter(stackalloc byte[32]);
        to.Byte(ChunkVersion);
        to.Number(Step);
        to.Number(last);
        return [.. to.Written, .. results];
    }

    /// <summary>Adds the results to a list, the oldest first. Of a row that was edited by hand in SQL, those that can be read.</summary>
    public readonly void ReadInto(List<KeptResult> results) => ReadInto(results, Results, Before, Step);

    /// <summary>Adds the results of a chunk to a list, the oldest first. Of a chunk that was edited by hand in SQL, those that can be read.</summary>
    public static void ReadChunkInto(List<KeptResult> results, ReadOnlySpan<byte> chunk)
    {
        var from = new ByteReader(chunk);
        if (from.Byte() == ChunkVersion)
        {
            var (step, before) = (from.Number(), from.Number());
            ReadInto(results, from.Rest(), before, step);
        }
    }

    private static void ReadInto(List<KeptResult> results, ReadOnlySpan<byte> bytes, long before, long step)
    {
        var from = new ByteReader(bytes);
        for (var last = before; !from.IsAtEnd;)
        {
            var result = KeptResult.Read(ref from, last, step);
            if (from.HasFailed || result.Slot is < 0 or > OpenHour.LastInstant)
            {
                return;
            }

            results.Add(result);
            last = result.Slot;
        }
    }
}
