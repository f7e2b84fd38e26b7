using Skypunch.Contracts;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// The slots of a batch that a fault of Skypunch's own kept from being probed: they are missed and end the mark of a probe in flight, and neither status nor
/// counters of passes and failures know of them. When there are too many in a row the notifiers are told once, and once when the target can be probed again.
/// </summary>
internal sealed class UnprobedSlots(SchedulerDb db, int notice, DateTimeOffset now)
{
    private static readonly BulkUpdate<Counted> Update = new(
        counted => counted.Target.Id,
        [
            ("repeated", "BIGINT", c => c.Target.RepeatedNotProbed), ("missed", "BIGINT", c => c.Missed), ("slot", "DATETIME(6)", c => c.Target.LastSlotAt),
            ("in_flight", "DATETIME(6)", c => c.Target.InFlightSlotAt), ("until", "DATETIME(6)", c => c.Target.InFlightUntil),
        ],
        """
        repeated_not_probed = r.repeated,
        missed_count = CASE WHEN targets.missed_count > 9223372036854775807 - r.missed THEN 9223372036854775807 ELSE targets.missed_count + r.missed END,
        last_slot_at = r.slot, in_flight_slot_at = r.in_flight, in_flight_until = r.until
        """);

    private readonly Dictionary<Target, long> _missed = [];

    /// <summary>A result of the target was recorded.</summary>
    public void IsProbed(Target target)
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
                $"Skypunch could not probe {OneLine.Of(target.Name)} in {target.RepeatedNotProbed} slots in a row, by a fault of its own. It has a result now.",
                now);
        }

        target.RepeatedNotProbed = 0;
        _missed.TryAdd(target, 0);
    }

    /// <summary>Records the slots of a batch, whose results are recorded.</summary>
    public void AddAll(ProbeResults batch, Dictionary<long, Target> targets)
    {
        foreach (var slot in (batch.NotProbed ?? []).OrderBy(slot => slot.Slot))
        {
            if (targets.TryGetValue(slot.TargetId, out var target) && target.RecordNotProbed(slot.Slot, slot.IsWithheld, now))
            {
                _missed[target] = _missed.GetValueOrDefault(target) + 1;
                if (!slot.IsWithheld && target.Enabled && target.RepeatedNotProbed == notice)
                {
                    Tell(target, slot.Why, batch.Prober);
                }
            }
        }
    }

    /// <summary>Writes what was recorded; notices with the next SaveChanges.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_missed.Count > 0)
        {
            await Update.RunAsync(db, [.. _missed.Select(missed => new Counted(missed.Key, missed.Value))], cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private void Tell(Target target, string why, string prober) => db.Raise(
        (target.Id, target.Name),
        "not_probed",
        $"{OneLine.Of(target.Name)} cannot be probed",
        $"Skypunch could not probe {OneLine.Of(target.Name)} in {notice} slots in a row: {OneLine.Of(why)}. Its status is what it was before, and may no longer be true.\n"
            + $"The last one to try was the prober {OneLine.Of(prober)}: its log tells more. You are told when the target can be probed again.",
        now);

    private sealed record Counted(Target Target, long Missed);
}
