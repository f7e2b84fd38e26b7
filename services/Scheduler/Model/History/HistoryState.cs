namespace Skypunch.Scheduler.Model.History;

/// <summary>
/// The history that a target's row keeps, in its column <c>history</c>: the hour that is not over yet, the last results, and what is needed to go on. It is read
/// and written with every result, so nothing of it is copied that stays as it is. Pure.
/// </summary>
internal ref struct HistoryState
{
    private const byte Version = 1;
    private const byte Known = 1;
    private const byte Open = 2;

    // All that stands before the tallies and the results, and one more result and count.
    private const int LongestRest = 400;

    /// <summary>The slot up to which the history is written, in milliseconds since 1970 began.</summary>
    public long Last;

    /// <summary>Whether a result says how the target is from <see cref="Last"/> on: the last slot was not missed.</summary>
    public bool IsKnown;

    /// <summary>Whether an incident is open.</summary>
    public bool IsOpen;

    /// <summary>The row's counter of passes, up to which the history is written.</summary>
    public long Passes;

    /// <summary>The row's counter of failures, up to which the history is written.</summary>
    public long Fails;

    /// <summary>The row's counter of missed slots, up to which the history is written.</summary>
    public long Missed;

    /// <summary>When the first failed probe of the run was due, in milliseconds since 1970 began; 0: the target does not fail.</summary>
    public long FailingSince;

    /// <summary>The reason of the first failure of the run.</summary>
    public byte FirstReason;

    /// <summary>The reason of its last failure.</summary>
    public byte LastReason;

    /// <summary>How many slots were missed since the last result.</summary>
    public long MissedSinceResult;

    public OpenHour Hour;

    public ResultRing Ring;

    /// <summary>Reads the column.</summary>
    /// <returns>Whether there is a history in it; there is none before the first result, and none that can be read after an edit by hand in SQL.</returns>
    public static bool TryRead(byte[]? column, out HistoryState state)
    {
        state = default;
        var from = new ByteReader(column);
        if (from.Byte() != Version)
        {
            return false;
        }

        var flags = from.Byte();
        (state.IsKnown, state.IsOpen) = ((flags & Known) != 0, (flags & Open) != 0);
        state.Last = from.Number();
        (state.Passes, state.Fails, state.Missed) = (from.Number(), from.Number(), from.Number());
        state.FailingSince = from.Number();
        if (state.FailingSince != 0)
        {
            (state.FirstReason, state.LastReason) = (from.Byte(), from.Byte());
        }

        state.MissedSinceResult = from.Number();
        state.Hour = ReadHour(ref from);
        state.Ring = ReadRing(ref from, state.Last);
        return !from.HasFailed && state.Last <= OpenHour.LastInstant && state.FailingSince <= OpenHour.LastInstant && state.Ring.IsPossible
            && OpenHour.Of(state.Last) == state.Hour.Number;
    }

    /// <summary>Writes the column.</summary>
    /// <param name="result">A result to be added to the ring and to the tallies; null: none.</param>
    public readonly byte[] Write(KeptResult? result)
    {
        var longest = Hour.Latency.Length + Hour.Reasons.Length + Ring.Results.Length + LongestRest;
        var to = new ByteWriter(longest <= 1024 ? stackalloc byte[1024] : new byte[longest]);
        to.Byte(Version);
        to.Byte((byte)((IsKnown ? Known : 0) | (IsOpen ? Open : 0)));
        to.Number(Last);
        to.Number(Passes);
        to.Number(Fails);
        to.Number(Missed);
        to.Number(FailingSince);
        if (FailingSince != 0)
        {
            to.Byte(FirstReason);
            to.Byte(LastReason);
        }

        to.Number(MissedSinceResult);
        WriteHour(ref to, result);
        WriteRing(ref to, result);
        return to.Written.ToArray();
    }

    private static OpenHour ReadHour(scoped ref ByteReader from)
    {
        var hour = new OpenHour { Number = from.Number() };
        (hour.Passes, hour.Fails, hour.Missed) = (from.Number(), from.Number(), from.Number());
        (hour.CoveredMs, hour.FailingMs) = (from.Number(), from.Number());
        for (var phase = 0; phase < PhaseSums.Count && hour.Passes > 0; phase++)
        {
            hour.Phases[phase] = from.Number();
        }

        hour.Latency = from.WithLength();
        hour.Reasons = from.WithLength();
        return hour;
    }

    private readonly void WriteHour(ref ByteWriter to, KeptResult? result)
    {
        to.Number(Hour.Number);
        to.Number(Hour.Passes);
        to.Number(Hour.Fails);
        to.Number(Hour.Missed);
        to.Number(Hour.CoveredMs);
        to.Number(Hour.FailingMs);
        for (var phase = 0; phase < PhaseSums.Count && Hour.Passes > 0; phase++)
        {
            to.Number(Hour.Phases[phase]);
        }

        WriteTally(ref to, Hour.Latency, result is { Passed: true } passed ? passed.Latency : null);
        WriteTally(ref to, Hour.Reasons, result is { Passed: false } failed ? failed.Outcome : null);
    }

    private static void WriteTally(ref ByteWriter to, ReadOnlySpan<byte> tally, byte? more)
    {
        if (more is not { } code)
        {
            to.WithLength(tally);
            return;
        }

        var longest = tally.Length + 11;
        var counted = new ByteWriter(longest <= 256 ? stackalloc byte[256] : new byte[longest]);
        Tally.Add(tally, code, 1, ref counted);
        to.WithLength(counted.Written);
    }

    private static ResultRing ReadRing(scoped ref ByteReader from, long last) => new()
    {
        Step = from.Number(),
        Last = last - from.Number(),
        Before = last - from.Number(),
        Count = (int)Math.Min(from.Number(), int.MaxValue),
        Loose = (int)Math.Min(from.Number(), int.MaxValue),
        Results = from.Rest(),
    };

    private readonly void WriteRing(ref ByteWriter to, KeptResult? result)
    {
        var more = result is null ? 0 : 1;
        to.Number(Ring.Step);
        to.Number(Last - (result?.Slot ?? Ring.Last));
        to.Number(Last - Ring.Before);
        to.Number(Ring.Count + more);
        to.Number(Ring.Loose + more);
        to.Bytes(Ring.Results);
        result?.Write(ref to, Ring.Last, Ring.Step);
    }
}
