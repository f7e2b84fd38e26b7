using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>The incidents that a batch opens and ends. They are stored with its status changes.</summary>
internal sealed class Incidents(SchedulerDb db)
{
    private readonly Dictionary<long, (IncidentStep Step, Guid? Change)> _ended = [];

    /// <summary>Notes what a result did to its target's incident.</summary>
    /// <param name="target">The target, with the result recorded.</param>
    /// <param name="step">What the result did.</param>
    /// <param name="change">The status change that it made; null: none.</param>
    public void Add(Target target, IncidentStep step, StatusChange? change)
    {
        if (step.ClosedAt is { } closedAt)
        {
            if (db.Incidents.Local.FirstOrDefault(incident => incident.TargetId == target.Id && incident.EndedAt is null) is { } fresh)
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
            db.Incidents.Add(new IncidentRow
            {
                TargetId = target.Id,
                Name = target.Name,
                BeganAt = began,
                DetectedAt = target.StatusSince ?? began,
                Reason = step.Reason,
                LastReason = step.LastReason,
                Description = target.StatusDescription,
                OpenedBy = ChangeTo(TargetStatus.Fail),
            });
        }

        Guid? ChangeTo(TargetStatus status) => change?.ToStatus == status ? change.ChangeId : null;
    }

    /// <summary>Ends the incidents that were open before the batch, once the changes are saved.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_ended.Count == 0)
        {
            return;
        }

        var ids = _ended.Keys.ToList();
        foreach (var incident in await db.Incidents.Where(incident => ids.Contains(incident.TargetId) && incident.EndedAt == null).ToListAsync(cancellationToken))
        {
            var (step, change) = _ended[incident.TargetId];
            End(incident, step.ClosedAt!.Value, step.LastReason, change);
        }
    }

    // The clock may have been set back since it began.
    private static void End(IncidentRow incident, DateTimeOffset at, string lastReason, Guid? change)
    {
        incident.EndedAt = at > incident.BeganAt ? at : incident.BeganAt;
        (incident.LastReason, incident.ClosedBy) = (lastReason, change);
    }
}
