using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// The slots of a batch that could not be probed because of a fault of Skypunch's own. They count as missed and end the mark of the probe
/// in flight; they change neither the status nor the counters of passes and failures. After too many such slots in a row a notice is
/// raised, and another one when the target can be probed again.
/// </summary>
internal sealed class UnprobedSlots(SchedulerDb db, int notice, ClosedHistory closed, DateTimeOffset now)
{
    private static readonly BulkUpdate<Counted> Update = BulkUpdate<Counted>.ById(counted => counted.Target.Id)
        .Set("repeated_not_probed", counted => counted.Target.RepeatedNotProbed)
        .Add("missed_count", counted => counted.Missed)
        .Set("last_slot_at", counted => counted.Target.LastSlotAt)
        .Set("in_flight_slot_at", counted => counted.Target.InFlightSlotAt)
        .Set("in_flight_until", counted => counted.Target.InFlightUntil)
        .Set("history", counted => counted.Target.History);

    private readonly Dictionary<Target, long> _missed = [];

    /// <summary>Ends a target's run of unprobed slots, since a result of it was recorded.</summary>
    public void EndRun(Target target)
    {
        if (target.RepeatedNotProbed == 0)
        {
            return;
        }

        if (target.RepeatedNotProbed >= notice)
        {
            db.Raise(
                (target.Id, target.Name),
                "probed_again",
                $"{OneLine.Of(target.Name)} can be probed again",
                $"Skypunch could not probe {OneLine.Of(target.Name)} in {target.RepeatedNotProbed} slots in a row, because of a fault of its own. The target has a result now.",
                now);
        }

        target.RepeatedNotProbed = 0;
        _missed.TryAdd(target, 0);
    }

    /// <summary>Records the unprobed slots of a batch. Its results must be recorded before.</summary>
    public void AddAll(ProbeResults batch, Dictionary<long, Target> targets)
    {
        foreach (var slot in (batch.NotProbed ?? []).OrderBy(slot => slot.Slot))
        {
            if (targets.TryGetValue(slot.TargetId, out var target) && target.RecordNotProbed(slot.Slot, slot.IsWithheld, closed, now))
            {
                _missed[target] = _missed.GetValueOrDefault(target) + 1;
                if (!slot.IsWithheld && target.Enabled && target.RepeatedNotProbed == notice)
                {
                    RaiseNotProbed(target, slot.Why, batch.Prober);
                }
            }
        }
    }

    /// <summary>Writes what was recorded, and the notices.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_missed.Count > 0)
        {
            await Update.RunAsync(db, [.. _missed.Select(missed => new Counted(missed.Key, missed.Value))], cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private void RaiseNotProbed(Target target, string why, string prober) => db.Raise(
        (target.Id, target.Name),
        "not_probed",
        $"{OneLine.Of(target.Name)} cannot be probed",
        $"Skypunch could not probe {OneLine.Of(target.Name)} in {notice} slots in a row: {OneLine.Of(why)}. Its status is what it was before, and may no longer be true.\n"
            + $"The prober that tried last was {OneLine.Of(prober)}: its log says more. You are told when the target can be probed again.",
        now);

    private sealed record Counted(Target Target, long Missed);
}
