using Skypunch.Contracts;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// Whether a failure that would make a target FAIL is withheld until another Prober has looked: it may be the Prober's network that has failed. Once in a run of
/// failures: the next one makes the change, whoever sees it. That a failure is withheld stands in no column: failures are as many as make an edge, and there is none. Pure.
/// </summary>
/// <param name="Prober">Who found the result.</param>
/// <param name="SeenBefore">Who saw the failure before it in the same run; null: there is none.</param>
/// <param name="IsAnotherAlive">Whether there is another Prober to ask.</param>
internal readonly record struct SecondOpinion(string Prober, string? SeenBefore = null, bool IsAnotherAlive = false)
{
    /// <summary>Whether another Prober is asked before this failure makes the target FAIL.</summary>
    /// <param name="before">The target's health before it.</param>
    /// <param name="reason">The result's reason.</param>
    /// <param name="thresholds">How many results in a row make an edge.</param>
    public bool IsWanted(TargetHealth before, string reason, Thresholds thresholds)
        => IsAnotherAlive
            && !IsSecond
            && before.Status is not Targets.TargetStatus.Fail
            && before.Counters.RepeatedFails + 1 == thresholds.Failures
            && ProbeReasons.IsOfNetwork(reason);

    /// <summary>Whether this result, a pass, contradicts a failure that was withheld.</summary>
    /// <param name="before">The target's health before it.</param>
    /// <param name="thresholds">How many results in a row make an edge.</param>
    public bool IsContradiction(TargetHealth before, Thresholds thresholds)
        => IsSecond && before.Status is not Targets.TargetStatus.Fail && before.Counters.RepeatedFails >= thresholds.Failures;

    /// <summary>Whether another Prober saw the failure before.</summary>
    public bool IsSecond => SeenBefore is not null && SeenBefore != Prober;

    /// <summary>When the other Prober is asked: at once.</summary>
    /// <param name="slot">The slot of the failure: the next must lie after it, also where the Prober's or another Scheduler's clock is ahead.</param>
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
