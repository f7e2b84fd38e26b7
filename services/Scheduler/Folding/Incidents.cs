using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>The incidents that a batch opens and ends.</summary>
internal sealed class Incidents(SchedulerDb db)
{
    private readonly Dictionary<long, (IncidentStep Step, Guid? Change)> _ended = [];
    private readonly Dictionary<long, IncidentRow> _missing = [];
    private readonly Dictionary<long, IncidentRow> _open = []; // those that the batch has opened and not ended
    private readonly List<IncidentRow> _new = [];

    /// <summary>Notes what a result did to its target's incident.</summary>
    /// <param name="target">The target, with the result recorded.</param>
    /// <param name="step">What the result did.</param>
    /// <param name="change">The status change that it made; null: none.</param>
    public void Add(Target target, IncidentStep step, StatusChange? change)
    {
        if (step.MissingSince is { } since)
        {
            _missing[target.Id] = Open(target, since, step, null);
        }

        if (step.ClosedAt is { } closedAt)
        {
            if (_open.Remove(target.Id, out var fresh))
            {
                End(fresh, closedAt, step.LastReason, ChangeTo(TargetStatus.Pass));
            }
            else
            {
                _ended[target.Id] = (step, ChangeTo(TargetStatus.Pass));
            }
        }

        if (step.OpenedAt is { } began)
        {
            Open(target, began, step, ChangeTo(TargetStatus.Fail));
        }

        Guid? ChangeTo(TargetStatus status) => change?.ToStatus == status ? change.ChangeId : null;
    }

    /// <summary>
    /// Ends the incidents that were open before the batch, and stores those that it has opened, but not those that were thought to be missing and
    /// are there. The targets' rows must be locked.
    /// </summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var ended = new List<IncidentRow>();
        if (_ended.Count + _missing.Count > 0)
        {
            foreach (var incident in await db.OpenIncidentsAsync(_ended.Keys.Concat(_missing.Keys), cancellationToken))
            {
                if (_ended.TryGetValue(incident.TargetId, out var end))
                {
                    End(incident, end.Step.ClosedAt!.Value, end.Step.LastReason, end.Change);
                    ended.Add(incident);
                }
                else if (_missing.Remove(incident.TargetId, out var copy))
                {
                    _new.Remove(copy);
                    if (copy.EndedAt is { } at)
                    {
                        End(incident, at, copy.LastReason, copy.ClosedBy);
                        ended.Add(incident);
                    }
                }
            }
        }

        await FoldWrites.IncidentEnd.RunAsync(db, ended, cancellationToken);
        await FoldWrites.Incident.RunAsync(db, _new, cancellationToken);
    }

    private IncidentRow Open(Target target, DateTimeOffset began, IncidentStep step, Guid? change)
    {
        var isFail = target.Status is TargetStatus.Fail; // otherwise the row says already why it passes
        var incident = new IncidentRow
        {
            TargetId = target.Id,
            Name = target.Name,
            BeganAt = began,
            DetectedAt = isFail ? target.StatusSince ?? began : began,
            Reason = step.Reason,
            LastReason = step.LastReason,
            Description = isFail ? target.StatusDescription : "",
            OpenedBy = change,
        };
        _new.Add(incident);
        _open[target.Id] = incident;
        return incident;
    }

    // The clock may have been set back since it began.
    private static void End(IncidentRow incident, DateTimeOffset at, string lastReason, Guid? change)
    {
        incident.EndedAt = at > incident.BeganAt ? at : incident.BeganAt;
        (incident.LastReason, incident.ClosedBy) = (lastReason, change);
    }
}
