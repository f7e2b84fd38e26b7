using Skypunch.Contracts;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// Decides whether the trace of a failure takes the place of the one that is stored. A target that stays FAIL for the same reason, in the same
/// words, has nothing new to say each second. Pure.
/// </summary>
internal static class FailureTrace
{
    /// <summary>The stored trace of a target that goes on failing is not older than this, or else than the target's frequency.</summary>
    public static readonly TimeSpan ReplacedEvery = TimeSpan.FromSeconds(10);

    /// <summary>Whether the failure says what the stored trace says, and that trace is recent.</summary>
    /// <param name="target">The target, before the failure is recorded.</param>
    /// <param name="result">The failure.</param>
    /// <param name="description">The result's description, as the row has it.</param>
    public static bool IsRepetition(Target target, ProbeResult result, string description)
        => target is { Status: TargetStatus.Fail, LastSlotAt: { } last }
            && target.Reason == result.Reason
            && target.StatusDescription == description
            && TurnOf(target.Id, last) == TurnOf(target.Id, result.Slot);

    // The turns of different targets begin at different instants, so the traces of an outage are not all written in one second of ten.
    private static long TurnOf(long id, DateTimeOffset slot) => (slot.UtcTicks / TimeSpan.TicksPerSecond + id) / (long)ReplacedEvery.TotalSeconds;
}
