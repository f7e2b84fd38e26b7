using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// Folds a batch of results into the targets' health: one transaction that locks the rows in the order of their ids, writes state and counters back in one
/// statement, adds a row of status_changes for each edge, and keeps the traces of failures and edges in another statement. A row that cannot be read or written is
/// set aside, and its results are lost.
/// </summary>
internal sealed class ResultFold(SchedulerDb db, IOptions<SchedulerOptions> options, LivingProbers living, SetAside setAside, TimeProvider clock)
{
    private static readonly BulkUpdate<Target> WriteBack = new(
        target => target.Id,
        [
            ("new_status", "VARCHAR(4)", t => TargetStatusConverter.Write(t.Status)),
            ("new_previous", "VARCHAR(4)", t => t.PreviousStatus is { } previous ? TargetStatusConverter.Write(previous) : null),
            ("new_since", "DATETIME(6)", t => t.StatusSince),
            ("new_description", "VARCHAR(1024)", t => t.StatusDescription),
            ("new_reason", "VARCHAR(64)", t => t.Reason),
            ("new_advice", "VARCHAR(1024)", t => t.Advice),
            ("new_updated", "DATETIME(6)", t => t.LastUpdated),
            ("new_slot", "DATETIME(6)", t => t.LastSlotAt),
            ("new_pass", "BIGINT", t => t.PassCount),
            ("new_fail", "BIGINT", t => t.FailCount),
            ("new_200", "BIGINT", t => t.Count200),
            ("new_300", "BIGINT", t => t.Count300),
            ("new_400", "BIGINT", t => t.Count400),
            ("new_500", "BIGINT", t => t.Count500),
            ("new_network", "BIGINT", t => t.NetworkFails),
            ("new_fails", "BIGINT", t => t.RepeatedFails),
            ("new_passes", "BIGINT", t => t.RepeatedPasses),
            ("new_in_flight", "DATETIME(6)", t => t.InFlightSlotAt),
            ("new_until", "DATETIME(6)", t => t.InFlightUntil),
            ("new_probe", "VARCHAR(160)", t => t.LastProbe),
        ],
        """
        status = r.new_status, previous_status = r.new_previous, status_since = r.new_since, status_description = r.new_description,
        reason = r.new_reason, advice = r.new_advice, last_updated = r.new_updated, last_slot_at = r.new_slot, pass_count = r.new_pass,
        fail_count = r.new_fail, count200 = r.new_200, count300 = r.new_300, count400 = r.new_400, count500 = r.new_500,
        network_fails = r.new_network, repeated_fails = r.new_fails, repeated_passes = r.new_passes, in_flight_slot_at = r.new_in_flight,
        in_flight_until = r.new_until, last_probe = r.new_probe
        """);

    // Apart, as the claim's index is written anew with each row whose next probe is set.
    private static readonly BulkUpdate<Target> BringForward = new(
        target => target.Id,
        [("new_next", "DATETIME(6)", t => t.NextProbeAt)],
        "next_probe_at = r.new_next");

    /// <summary>Folds the results.</summary>
    /// <returns>What has changed by it.</returns>
    public async Task<Folded> FoldAsync(ProbeResults batch, CancellationToken cancellationToken)
    {
        try
        {
            return await FoldWholeAsync(batch, cancellationToken);
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            return await FoldAroundBadRowsAsync(batch, cancellationToken);
        }
    }

    private async Task<Folded> FoldAroundBadRowsAsync(ProbeResults batch, CancellationToken cancellationToken)
    {
        var folded = new List<Folded>();
        var bad = await setAside.UnreadableAsync(IdsOf(batch), cancellationToken);
        await Halves.RunAsync(
            [.. IdsOf(batch).Where(id => !bad.Contains(id))],
            async part =>
            {
                db.ChangeTracker.Clear();
                folded.Add(await FoldWholeAsync(PartOf(batch, [.. part]), cancellationToken));
            },
            (id, fault) => setAside.RunAsync(id, fault, cancellationToken));
        return new Folded(
            [.. folded.SelectMany(part => part.Changes)],
            folded.Min(part => part.BroughtForward),
            folded.Sum(part => part.Asked),
            [.. folded.SelectMany(part => part.Contradictions)]);
    }

    private async Task<Folded> FoldWholeAsync(ProbeResults batch, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var targets = await db.SelectLockingByIds(IdsOf(batch)).Select(TargetColumns.OfFold).ToDictionaryAsync(target => target.Id, cancellationToken);

        var opinions = await Opinions.ReadAsync(db, living, batch, targets, cancellationToken);
        var now = clock.GetUtcNow();
        var (changed, broughtForward) = (new HashSet<Target>(), new HashSet<Target>());
        var traces = new LastTraces(batch.Prober);
        var unprobed = new UnprobedSlots(db, options.Value.NotProbedNotice, now);
        foreach (var result in batch.Results.OrderBy(result => result.Slot))
        {
            // A target may have been deleted while its probe was in flight.
            if (!targets.TryGetValue(result.TargetId, out var target))
            {
                continue;
            }

            var next = target.NextProbeAt;
            if (target.Record(result, opinions.Of(target.Id), now) is not { HasMoved: true } recorded)
            {
                continue;
            }

            opinions.Note(target, result, recorded);
            changed.Add(target);
            unprobed.IsProbed(target);
            if (target.NextProbeAt != next)
            {
                broughtForward.Add(target);
            }

            traces.Add(result, recorded);
            if (recorded.Edge is { } edge)
            {
                AddChange(target, result, edge, now);
            }
        }

        unprobed.AddAll(batch, targets);
        if (changed.Count > 0)
        {
            await WriteAsync(changed, broughtForward, traces, now, cancellationToken);
        }

        await unprobed.WriteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Folded([.. db.StatusChanges.Local], broughtForward.Min(target => target.NextProbeAt), opinions.Asked, opinions.Contradictions);
    }

    private void AddChange(Target target, ProbeResult result, StatusEdge edge, DateTimeOffset now)
    {
        using var step = SkypunchTelemetry.Continue("fold", result.TraceParent, ActivityKind.Consumer);
        db.StatusChanges.Add(ToChange(target, step is null ? result : result with { TraceParent = step.Id }, edge, now));
    }

    private async Task WriteAsync(
        HashSet<Target> changed,
        HashSet<Target> broughtForward,
        LastTraces traces,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await TakeFirstOnesAsync(now, cancellationToken);
        await WriteBack.RunAsync(db, changed, cancellationToken);
        if (broughtForward.Count > 0)
        {
            await BringForward.RunAsync(db, broughtForward, cancellationToken);
        }

        await TraceUpsert.RunAsync(db, traces.ToRows(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static ProbeResults PartOf(ProbeResults batch, HashSet<long> ids) => batch with
    {
        Results = [.. batch.Results.Where(result => ids.Contains(result.TargetId))],
        NotProbed = batch.NotProbed?.Where(slot => ids.Contains(slot.TargetId)).ToList(),
    };

    private static IEnumerable<long> IdsOf(ProbeResults batch)
        => batch.Results.Select(result => result.TargetId).Concat((batch.NotProbed ?? []).Select(slot => slot.TargetId)).Distinct().Order();

    // The caller announces a target's first change as soon as it is stored. A later one waits in the relay until those before it are answered. Nobody adds one
    // meanwhile: the targets are locked.
    private async Task TakeFirstOnesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changes = db.StatusChanges.Local.Where(change => change.StoredAt is null).ToList();
        if (changes.Count == 0)
        {
            return;
        }

        var waiting = await db.TargetsThatWaitAsync(changes.Select(change => change.TargetId), cancellationToken);
        foreach (var change in changes.Where(change => waiting.Add(change.TargetId)))
        {
            change.AnnounceAfter = now + options.Value.RelayRetry;
        }
    }

    private static StatusChange ToChange(Target target, ProbeResult result, StatusEdge edge, DateTimeOffset now)
    {
        var changeId = Guid.CreateVersion7(now);
        return new StatusChange
        {
            ChangeId = changeId,
            TargetId = target.Id,
            FromStatus = edge.From,
            ToStatus = edge.To,
            At = edge.At,
            Reason = target.Reason,
            Description = target.StatusDescription,
            Payload = JsonSerializer.Serialize(Announcement.Of(target, result, edge, changeId)),
            StoredAt = edge.IsAnnounced ? null : now,
        };
    }
}
