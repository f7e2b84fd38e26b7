namespace Skypunch.Scheduler.Model.History;

/// <summary>
/// What is kept of one result: two bytes for a pass on schedule, a few more where something is out of the ordinary. Pure.
/// </summary>
/// <param name="Slot">When the probe was due, in milliseconds since 1970 began.</param>
/// <param name="Outcome">The code of the reason (<see cref="ReasonCodes"/>); 0: it passed.</param>
/// <param name="Latency">How long the probe took (<see cref="LatencyCode"/>).</param>
/// <param name="StatusCode">The HTTP status of a failed probe; 0: there was no answer, or the probe passed.</param>
/// <param name="MissedBefore">How many slots just before were missed.</param>
/// <param name="IsOutdated">Whether the target was changed or disabled while it was probed: the result was counted and not judged.</param>
internal readonly record struct KeptResult(long Slot, byte Outcome, byte Latency, int StatusCode = 0, long MissedBefore = 0, bool IsOutdated = false)
{
    /// <summary>The most bytes of one result.</summary>
    public const int Longest = 3 + 9 + 9 + 3;

    private const byte HasMore = 0x40;
    private const byte OutcomeBits = 0x3F;

    private const byte OffSchedule = 1;
    private const byte WithStatus = 2;
    private const byte AfterMissed = 4;
    private const byte Outdated = 8;

    public bool Passed => Outcome == 0;

    /// <summary>Writes the result.</summary>
    /// <param name="to">Gets it.</param>
    /// <param name="before">The slot of the result before.</param>
    /// <param name="step">The time between slots on schedule, in milliseconds.</param>
    public void Write(ref ByteWriter to, long before, long step)
    {
        var more = (byte)((Slot - before != step ? OffSchedule : 0) | (StatusCode != 0 ? WithStatus : 0) | (MissedBefore != 0 ? AfterMissed : 0) | (IsOutdated ? Outdated : 0));
        to.Byte((byte)(Outcome | (more != 0 ? HasMore : 0)));
        if (more != 0)
        {
            to.Byte(more);
            WriteMore(ref to, more, Slot - before);
        }

        to.Byte(Latency);
    }

    /// <summary>Reads a result.</summary>
    /// <param name="from">Where it is written.</param>
    /// <param name="before">The slot of the result before.</param>
    /// <param name="step">The time between slots on schedule, in milliseconds.</param>
    public static KeptResult Read(ref ByteReader from, long before, long step)
    {
        var outcome = from.Byte();
        var more = (outcome & HasMore) != 0 ? from.Byte() : (byte)0;
        var slot = before + ((more & OffSchedule) != 0 ? from.Number() : step);
        var status = (more & WithStatus) != 0 ? (int)Math.Min(from.Number(), 999) : 0;
        var missed = (more & AfterMissed) != 0 ? from.Number() : 0;
        return new KeptResult(slot, (byte)(outcome & OutcomeBits), from.Byte(), status, missed, (more & Outdated) != 0);
    }

    private void WriteMore(ref ByteWriter to, byte more, long sinceBefore)
    {
        if ((more & OffSchedule) != 0)
        {
            to.Number(sinceBefore);
        }

        if ((more & WithStatus) != 0)
        {
            to.Number(StatusCode);
        }

        if ((more & AfterMissed) != 0)
        {
            to.Number(MissedBefore);
        }
    }
}
