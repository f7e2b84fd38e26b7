using Skypunch.Contracts;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// Whether a failure that would make a target FAIL is withheld until another Prober has probed the target: the fault may be in the Prober's
/// own network. This happens once in a run of failures; the next failure makes the target FAIL, whichever Prober sees it. No column says
/// that a failure is withheld: the row shows it by as many failures in a row as the threshold, while the status is not FAIL. Pure.
/// </summary>
/// <param name="Prober">The Prober that found this result.</param>
/// <param name="SeenBefore">The Prober that saw the failure before this result in the same run of failures; null: there is none.</param>
/// <param name="IsAnotherAlive">Whether there is another Prober to ask.</param>
internal readonly record struct SecondOpinion(string Prober, string? SeenBefore = null, bool IsAnotherAlive = false)
{
    /// <summary>Whether another Prober is asked before this failure makes the target FAIL.</summary>
    /// <param name="before">The target's health before this failure.</param>
    /// <param name="reason">The result's reason.</param>
    /// <param name="thresholds">How many results in a row change the status.</param>
    public bool IsWanted(TargetHealth before, string reason, Thresholds thresholds)
        => IsAnotherAlive
            && !IsSecond
            && before.Status is not TargetStatus.Fail
            && before.Counters.RepeatedFails + 1 == thresholds.Failures
            && ProbeReasons.IsOfNetwork(reason);

    /// <summary>Whether this result, a pass, contradicts a failure that was withheld.</summary>
    /// <param name="before">The target's health before this pass.</param>
    /// <param name="thresholds">How many results in a row change the status.</param>
    public bool IsContradiction(TargetHealth before, Thresholds thresholds)
        => IsSecond && before.Status is not TargetStatus.Fail && before.Counters.RepeatedFails >= thresholds.Failures;

    /// <summary>Whether another Prober saw the failure before this result.</summary>
    public bool IsSecond => SeenBefore is not null && SeenBefore != Prober;

    /// <summary>When the target is probed next, by another Prober: at once, or at the booked slot where that is sooner.</summary>
    /// <param name="slot">
    /// The slot of the failure. The next slot must lie after it, even where the Prober's or another Scheduler's clock is ahead.
    /// </param>
    /// <param name="booked">The slot that the claim has booked; null: the target is due at once.</param>
    /// <param name="now">The instant of the fold.</param>
    public static DateTimeOffset? NextProbe(DateTimeOffset slot, DateTimeOffset? booked, DateTimeOffset now)
    {
        var whole = now - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerMillisecond);
        var soonest = slot + TimeSpan.FromMilliseconds(1);
        var next = whole > soonest ? whole : soonest;
        return next < booked ? next : booked;
    }
}
