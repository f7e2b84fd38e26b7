using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Scheduler.Folding;

/// <summary>
/// Folds a batch of results into the targets' health, in one transaction. It locks the rows in the order of their ids, writes state and
/// counters back in one statement, and stores the traces of failures and status changes, the rows of <c>status_changes</c> and the incidents
/// in one statement each. What becomes complete in a target's history is stored in rows of its own. A row that cannot be read or written is set aside, and its results are lost.
/// </summary>
internal sealed class ResultFold(
    SchedulerDb db,
    IOptions<SchedulerOptions> options,
    LivingProbers living,
    MaintenanceWindows windows,
    SetAside setAside,
    TimeProvider clock)
{
    /// <summary>Folds the results.</summary>
    /// <returns>What the results have changed.</returns>
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
        var (closed, incidents, tellings) = (new ClosedHistory(), new Incidents(db), new Tellings(db, windows, now));
        var unprobed = new UnprobedSlots(db, options.Value.NotProbedNotice, closed, now);
        foreach (var result in batch.Results.OrderBy(result => result.Slot))
        {
            // The target may have been deleted while its probe was in flight.
            if (!targets.TryGetValue(result.TargetId, out var target))
            {
                continue;
            }

            var next = target.NextProbeAt;
            if (target.Record(result, opinions.Of(target.Id), closed, now) is not { HasChanged: true } recorded)
            {
                continue;
            }

            opinions.Note(target, result, recorded);
            changed.Add(target);
            unprobed.EndRun(target);
            if (target.NextProbeAt != next)
            {
                broughtForward.Add(target);
            }

            traces.Add(result, recorded);
            var change = recorded.Edge is { } edge ? AddChange(target, result, edge, recorded.Incident, tellings, now) : null;
            incidents.Add(target, recorded.Incident, change);
            if (change is null)
            {
                tellings.AddResult(target, result, recorded);
            }
        }

        unprobed.AddAll(batch, targets);
        if (changed.Count > 0)
        {
            await tellings.WriteAsync(broughtForward, cancellationToken);
            await WriteAsync(changed, broughtForward, traces, cancellationToken);
            await WriteChangesAsync(tellings, now, cancellationToken);
            await incidents.WriteAsync(cancellationToken);
        }

        await unprobed.WriteAsync(cancellationToken);
        await HistoryInserts.RunAsync(db, closed, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var id in closed.Unreadable)
        {
            setAside.BadRows.Report(id, "The column history could not be read, and begins anew. What was in it of the current hour is lost, and single results are until the hour is over; all hours before are kept.");
        }

        return new Folded([.. tellings.All], broughtForward.Min(target => target.NextProbeAt), opinions.Asked, opinions.Contradictions);
    }

    private static StatusChange AddChange(Target target, ProbeResult result, StatusEdge edge, IncidentStep incident, Tellings tellings, DateTimeOffset now)
    {
        using var step = SkypunchTelemetry.Continue("fold", result.TraceParent, ActivityKind.Consumer);
        var change = ToChange(target, edge, now);
        tellings.Add(target, result, change, Announcement.Of(target, step is null ? result : result with { TraceParent = step.Id }, edge, incident, change.ChangeId));
        return change;
    }

    private async Task WriteAsync(HashSet<Target> changed, HashSet<Target> broughtForward, LastTraces traces, CancellationToken cancellationToken)
    {
        await FoldWrites.Result.RunAsync(db, changed, cancellationToken);
        await FoldWrites.NextProbe.RunAsync(db, broughtForward, cancellationToken);
        await TraceUpsert.RunAsync(db, traces.ToRows(), cancellationToken);
    }

    private static ProbeResults PartOf(ProbeResults batch, HashSet<long> ids) => batch with
    {
        Results = [.. batch.Results.Where(result => ids.Contains(result.TargetId))],
        NotProbed = batch.NotProbed?.Where(slot => ids.Contains(slot.TargetId)).ToList(),
    };

    private static IEnumerable<long> IdsOf(ProbeResults batch)
        => batch.Results.Select(result => result.TargetId).Concat((batch.NotProbed ?? []).Select(slot => slot.TargetId)).Distinct().Order();

    // Where none of a target's changes waits for the Notifier's answer, the caller announces the new change as soon as it is stored: its
    // AnnounceAfter is set. A change after that waits for the relay until the changes before it are confirmed. No other fold adds a change
    // meanwhile, since the targets' rows are locked.
    private async Task WriteChangesAsync(Tellings tellings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var announced = tellings.All.Where(change => change.StoredAt is null).ToList();
        if (announced.Count > 0)
        {
            var waiting = await db.TargetsThatWaitAsync(announced.Select(change => change.TargetId), cancellationToken);
            foreach (var change in announced.Where(change => waiting.Add(change.TargetId)))
            {
                change.AnnounceAfter = now + options.Value.RelayRetry;
            }
        }

        if (tellings.Late.Count > 0)
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        await FoldWrites.Change.RunAsync(db, tellings.New, cancellationToken);
    }

    private static StatusChange ToChange(Target target, StatusEdge edge, DateTimeOffset now) => new()
    {
        ChangeId = Guid.CreateVersion7(now),
        TargetId = target.Id,
        FromStatus = edge.From,
        ToStatus = edge.To,
        At = edge.At,
        Reason = target.Reason,
        Description = target.StatusDescription,
        Payload = "",
        StoredAt = edge.IsAnnounced ? null : now,
    };
}
