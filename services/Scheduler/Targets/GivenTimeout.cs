using Google.Protobuf.WellKnownTypes;
using static Skypunch.Contracts.Texts.TargetLimits;

namespace Skypunch.Scheduler.Targets;

/// <summary>The timeout as a caller of the API gives it. Pure.</summary>
internal static class GivenTimeout
{
    /// <summary>The timeout; null: it is too short or too long, or no whole number of milliseconds.</summary>
    public static TimeSpan? Read(Duration? given)
        => given is { Seconds: >= 0 and <= LongestTimeout, Nanos: >= 0 and < 1_000_000_000 } && given.Nanos % 1_000_000 == 0
            && given.ToTimeSpan() is var timeout && timeout >= TimeSpan.FromMilliseconds(ShortestTimeoutMs)
                ? timeout
                : null;
}
