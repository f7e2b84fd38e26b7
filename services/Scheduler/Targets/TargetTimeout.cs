using Google.Protobuf.WellKnownTypes;

namespace Skypunch.Scheduler.Targets;

/// <summary>
/// How long a target's probe may take. The column of 2013 has whole seconds, and replicas of before and operators by hand write no other; so the milliseconds stand beside it and hold only as
/// long as they round up to it. Pure.
/// </summary>
internal static class TargetTimeout
{
    private const int Second = 1000;

    /// <summary>The timeout that stands in a row, allowed or not.</summary>
    public static TimeSpan Stored(Target target) => target.TimeoutMs is { } exact && exact > 0 && RoundedUp(exact) == target.Timeout
        ? TimeSpan.FromMilliseconds(exact)
        : TimeSpan.FromSeconds(target.Timeout);

    /// <summary>The timeout of a row's job: a number that a hand has written out of range is brought into it.</summary>
    public static TimeSpan Of(Target target) => Stored(target) switch
    {
        { Ticks: < TimeSpan.TicksPerMillisecond } => TimeSpan.FromSeconds(1),
        { TotalMilliseconds: < TargetRules.ShortestTimeoutMs } => TimeSpan.FromMilliseconds(TargetRules.ShortestTimeoutMs),
        { TotalSeconds: > TargetRules.LongestTimeout } => TimeSpan.FromSeconds(TargetRules.LongestTimeout),
        var stored => stored,
    };

    /// <summary>The timeout that a caller gives; null: it is too short, or no whole number of milliseconds.</summary>
    public static TimeSpan? Read(Duration? given)
        => given is { Seconds: >= 0 and <= TargetRules.LongestTimeout, Nanos: >= 0 and < 1_000_000_000 } && given.Nanos % 1_000_000 == 0
            && given.ToTimeSpan() is var timeout && timeout >= TimeSpan.FromMilliseconds(TargetRules.ShortestTimeoutMs)
                ? timeout
                : null;

    /// <summary>Writes a timeout of whole milliseconds into a row.</summary>
    public static void Write(Target target, TimeSpan timeout)
    {
        var exact = (int)timeout.TotalMilliseconds;
        target.Timeout = RoundedUp(exact);
        target.TimeoutMs = exact % Second == 0 ? null : exact;
    }

    private static int RoundedUp(int exact) => (int)(((long)exact + Second - 1) / Second);
}
