namespace Skypunch.Scheduler.Model.History;

/// <summary>How long a result says how its target is. Pure.</summary>
internal static class Coverage
{
    /// <summary>
    /// Of the time from one slot to the next that counted, the part that the first one's result covers: all of it where the schedule has no
    /// slot between them, and one frequency where it has, since slots were missed or the target was disabled.
    /// </summary>
    /// <param name="gap">The time between the slots, in milliseconds.</param>
    /// <param name="step">The target's frequency, in milliseconds.</param>
    /// <param name="between">Results between them that are not known one by one.</param>
    /// <param name="missed">Slots between them that were missed.</param>
    public static long Of(long gap, long step, long between, long missed)
    {
        // The slot after a retry is up to one and a half frequencies later; half a second more for slots that are late.
        var longest = (step * (between + 1)) + (step / 2) + 500;
        return missed == 0 && gap <= longest ? gap : Math.Min(gap, step * (between + 1));
    }
}
