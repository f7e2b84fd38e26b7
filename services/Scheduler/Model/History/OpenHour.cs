using System.Runtime.CompilerServices;

namespace Skypunch.Scheduler.Model.History;

/// <summary>What happened in the hour that is not over yet. Pure.</summary>
internal ref struct OpenHour
{
    /// <summary>An hour in milliseconds.</summary>
    public const long Length = 3_600_000;

    /// <summary>The last instant that there is, the end of 9999, in milliseconds since 1970 began.</summary>
    public const long LastInstant = 253_402_300_799_999;

    /// <summary>Hours since 1970 began.</summary>
    public long Number;

    public long Passes;
    public long Fails;
    public long Missed;
    public long CoveredMs;
    public long FailingMs;

    /// <summary>In microseconds, only where there are passes.</summary>
    public PhaseSums Phases;

    public ReadOnlySpan<byte> Latency;
    public ReadOnlySpan<byte> Reasons;

    /// <summary>The hour of an instant.</summary>
    public static long Of(long ms) => ms / Length;

    public readonly bool IsEmpty => (Passes | Fails | Missed | CoveredMs) == 0;

    /// <summary>The hour as a row.</summary>
    public readonly TargetHour ToRow(long targetId) => new()
    {
        TargetId = targetId,
        Hour = Narrow(Number),
        Passes = Narrow(Passes),
        Fails = Narrow(Fails),
        Missed = Narrow(Missed),
        CoveredMs = Narrow(CoveredMs),
        FailingMs = Narrow(FailingMs),
        Latency = Latency.IsEmpty ? null : Latency.ToArray(),
        Reasons = Reasons.IsEmpty ? null : Reasons.ToArray(),
        Phases = Passes == 0 ? null : Tally.Write(Phases),
    };

    private static int Narrow(long number) => (int)Math.Min(number, int.MaxValue);
}

/// <summary>Sums of times by phase: 0 auth, 1 dns, 2 connect, 3 tls, 4 wait, 5 transfer.</summary>
[InlineArray(Count)]
internal struct PhaseSums
{
    /// <summary>How many phases there are.</summary>
    public const int Count = 6;

#pragma warning disable IDE0044, IDE0051, S1144 // the element of an inline array
    private long _first;
#pragma warning restore IDE0044, IDE0051, S1144
}
