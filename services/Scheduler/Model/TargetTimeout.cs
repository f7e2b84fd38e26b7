using Skypunch.Contracts.Texts;

namespace Skypunch.Scheduler.Model;

/// <summary>
/// How long a target's probe may take. The column <c>timeout</c> has whole seconds, as in the Skypunch of 2013; replicas of an older
/// release and operators who edit the row in SQL write only this column. The exact milliseconds stand in a second column. They are valid
/// only as long as they round up to the seconds in the first. Pure.
/// </summary>
internal static class TargetTimeout
{
    private const int Second = 1000;

    /// <summary>The timeout that is stored in a row. It may be out of range.</summary>
    public static TimeSpan Stored(Target target) => target.TimeoutMs is { } exact && exact > 0 && RoundedUp(exact) == target.Timeout
        ? TimeSpan.FromMilliseconds(exact)
        : TimeSpan.FromSeconds(target.Timeout);

    /// <summary>
    /// The timeout for a row's job. A number out of range, as after an edit by hand in SQL, is brought back into the range.
    /// </summary>
    public static TimeSpan Of(Target target) => Stored(target) switch
    {
        { Ticks: < TimeSpan.TicksPerMillisecond } => TimeSpan.FromSeconds(1),
        { TotalMilliseconds: < TargetLimits.ShortestTimeoutMs } => TimeSpan.FromMilliseconds(TargetLimits.ShortestTimeoutMs),
        { TotalSeconds: > TargetLimits.LongestTimeout } => TimeSpan.FromSeconds(TargetLimits.LongestTimeout),
        var stored => stored,
    };

    /// <summary>Writes a timeout of whole milliseconds into a row.</summary>
    public static void Write(Target target, TimeSpan timeout)
    {
        var exact = (int)timeout.TotalMilliseconds;
        target.Timeout = RoundedUp(exact);
        target.TimeoutMs = exact % Second == 0 ? null : exact;
    }

    private static int RoundedUp(int exact) => (int)(((long)exact + Second - 1) / Second);
}
