using Skypunch.Contracts;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Folding;

/// <summary>What the fold needs to know of one result.</summary>
/// <param name="Slot">The slot whose probe found the result.</param>
/// <param name="At">When the probe began.</param>
/// <param name="Passed">Whether the target did what is expected of it.</param>
/// <param name="StatusCode">The HTTP status of the target's answer; null where there was no answer.</param>
/// <param name="IsCurrent">
/// Whether the result is about the target as it is now: false where the operator has changed or disabled the target meanwhile. Such a
/// result is counted, but does not change the status.
/// </param>
internal readonly record struct Verdict(DateTimeOffset Slot, DateTimeOffset At, bool Passed, int? StatusCode, bool IsCurrent = true);

/// <summary>How many results in a row change the status.</summary>
/// <param name="Failures">Failures in a row that make the target FAIL; at least 1.</param>
/// <param name="Successes">Passes in a row that make a target PASS that is FAIL; at least 1.</param>
internal readonly record struct Thresholds(int Failures, int Successes);

/// <summary>A target went from one status to another.</summary>
/// <param name="From">The status before.</param>
/// <param name="To">The status now.</param>
/// <param name="At">When the probe that made the change began.</param>
/// <param name="Since">When the status before began; null where the target was NEW.</param>
/// <param name="IsAnnounced">Whether the change is announced to notifiers. The change from NEW to PASS is not.</param>
internal sealed record StatusEdge(TargetStatus From, TargetStatus To, DateTimeOffset At, DateTimeOffset? Since, bool IsAnnounced);

/// <summary>The health of a target. Pure: no clock, no database, no bus.</summary>
internal sealed record TargetHealth
{
    public TargetStatus Status { get; init; }

    public TargetStatus? PreviousStatus { get; init; }

    /// <summary>When the probe began that changed the status to what it is.</summary>
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? LastSlot { get; init; }

    /// <summary>Passes since the last failure.</summary>
    public long RepeatedPasses { get; init; }

    public TargetCounters Counters { get; init; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>
    /// The health after one more result; null: nothing changes, since a result of this slot or a later one was applied before.
    /// </summary>
    public (TargetHealth Next, StatusEdge? Edge)? Apply(Verdict verdict, Thresholds thresholds)
    {
        if (verdict.Slot <= LastSlot)
        {
            return null;
        }

        var counted = this with
        {
            LastSlot = verdict.Slot,
            Counters = Count(verdict),
        };
        if (!verdict.IsCurrent)
        {
            return (counted with { Counters = counted.Counters with { RepeatedFails = Counters.RepeatedFails } }, null);
        }

        counted = counted with { RepeatedPasses = verdict.Passed ? More(RepeatedPasses) : 0 };
        var status = counted.Judge(thresholds);
        if (status == Status)
        {
            return (counted, null);
        }

        var edge = new StatusEdge(Status, status, verdict.At, Since, IsAnnounced: status is TargetStatus.Fail || Status is TargetStatus.Fail);
        return (counted with { Status = status, PreviousStatus = Status, Since = verdict.At }, edge);
    }

    private TargetStatus Judge(Thresholds thresholds)
    {
        if (Counters.RepeatedFails >= thresholds.Failures)
        {
            return TargetStatus.Fail;
        }

        var passesNeeded = Status is TargetStatus.Fail ? thresholds.Successes : 1;
        return RepeatedPasses >= passesNeeded ? TargetStatus.Pass : Status;
    }

    private TargetCounters Count(Verdict verdict)
    {
        var status = verdict.StatusCode / 100;
        return new TargetCounters(
            More(Counters.Pass, verdict.Passed),
            More(Counters.Fail, !verdict.Passed),
            More(Counters.Status200, status == 2),
            More(Counters.Status300, status == 3),
            More(Counters.Status400, status == 4),
            More(Counters.Status500, status == 5),
            More(Counters.NetworkFails, verdict.StatusCode is null && !verdict.Passed),
            verdict.Passed ? 0 : More(Counters.RepeatedFails));
    }

    // A counter that was set to the end of its range by hand in SQL stays there.
    private static long More(long counter, bool isMore = true) => isMore && counter < long.MaxValue ? counter + 1 : counter;
}
