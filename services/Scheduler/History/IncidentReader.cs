using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.History;

/// <summary>Reads incidents, and what is known of one.</summary>
internal sealed class IncidentReader(SchedulerDb db, HistoryRows rows)
{
    /// <summary>Incidents that the filters of a request leave, newest first.</summary>
    public async Task<List<IncidentRow>> ListAsync(ListIncidentsRequest request, long? start, long? end, long? before, int size, CancellationToken cancellationToken)
    {
        var incidents = db.Incidents.AsNoTracking();
        if (request.Open)
        {
            incidents = incidents.Where(incident => incident.EndedAt == null);
        }

        if (request.TargetIds.Count > 0)
        {
            var ids = request.TargetIds.ToList();
            incidents = incidents.Where(incident => ids.Contains(incident.TargetId));
        }

        if (start is { } from)
        {
            var instant = DateTimeOffset.FromUnixTimeMilliseconds(from);
            incidents = incidents.Where(incident => incident.EndedAt == null || incident.EndedAt >= instant);
        }

        if (end is { } to)
        {
            var instant = DateTimeOffset.FromUnixTimeMilliseconds(to);
            incidents = incidents.Where(incident => incident.BeganAt < instant);
        }

        if (request.Reason.Length > 0)
        {
            incidents = incidents.Where(incident => incident.Reason == request.Reason || incident.LastReason == request.Reason);
        }

        return await incidents.Where(incident => incident.Id < (before ?? long.MaxValue)).OrderByDescending(incident => incident.Id).Take(size).ToListAsync(cancellationToken);
    }

    /// <summary>The incident; null: there is none with that id.</summary>
    public Task<IncidentRow?> FindAsync(long id, CancellationToken cancellationToken)
        => db.Incidents.AsNoTracking().FirstOrDefaultAsync(incident => incident.Id == id, cancellationToken);

    /// <summary>Incidents as the API shows them: with what the targets' rows know.</summary>
    public async Task<List<Incident>> ShowAsync(IReadOnlyCollection<IncidentRow> incidents, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var targets = await rows.TargetsAsync([.. incidents.Select(incident => incident.TargetId).Distinct()], cancellationToken);
        return [.. incidents.Select(incident => ToProto(incident, targets.GetValueOrDefault(incident.TargetId), now))];
    }

    /// <summary>The status change with an id; null: it is not kept any more.</summary>
    public async Task<IncidentChange?> ChangeAsync(Guid? id, CancellationToken cancellationToken)
    {
        if (id is null || await db.StatusChanges.AsNoTracking().FirstOrDefaultAsync(change => change.ChangeId == id, cancellationToken) is not { } change)
        {
            return null;
        }

        return new IncidentChange
        {
            ChangeId = change.ChangeId.ToString(),
            From = TargetWords.ToProto(change.FromStatus),
            To = TargetWords.ToProto(change.ToStatus),
            AnnounceTime = Decision.IsUntold(change.Decision) ? null : change.StoredAt?.ToTimestamp(),
            Report = ReportOf(change),
            Decision = DecisionOf(change),
            Maintenance = change.DecidedBy ?? "",
        };
    }

    private static ChangeDecision DecisionOf(StatusChange change) => change.Decision switch
    {
        Decision.Told => ChangeDecision.Told,
        Decision.Maintenance => ChangeDecision.Maintenance,
        Decision.ToldLate => ChangeDecision.ToldLate,
        Decision.FailureUntold => ChangeDecision.FailureUntold,
        _ => ChangeDecision.Unspecified,
    };

    // A change does not say which Prober has found the result.
    private static ProbeReport ReportOf(StatusChange change)
    {
        var message = JsonSerializer.Deserialize<TargetStatusChanged>(change.Payload);
        var (late, began) = (message is { ProbedAt: not null } ? message : null, message?.ProbedAt ?? change.At);
        var result = new ProbeResult
        {
            TargetId = change.TargetId,
            Slot = began,
            StartedAt = began,
            Duration = message?.Trace.Count > 0 ? message.Trace[^1].EndedAt - began : TimeSpan.Zero,
            Reason = late?.Reason ?? change.Reason,
            Description = late?.Description ?? change.Description,
            Advice = message?.Advice,
            Trace = message?.Trace,
        };
        return ProbeReports.Of(result, prober: "");
    }

    private static Incident ToProto(IncidentRow row, HistoryTarget? target, DateTimeOffset now) => new()
    {
        Id = row.Id,
        TargetId = row.TargetId,
        TargetName = target?.Name ?? row.Name,
        BeginTime = row.BeganAt.ToTimestamp(),
        DetectTime = row.DetectedAt.ToTimestamp(),
        EndTime = row.EndedAt?.ToTimestamp(),
        Duration = ((row.EndedAt ?? (now > row.BeganAt ? now : row.BeganAt)) - row.BeganAt).ToDuration(),
        Reason = row.Reason,
        LastReason = row.EndedAt is null && target is { Reason: not ("" or ProbeReasons.Ok) } ? target.Reason : row.LastReason,
        Description = row.Description,
    };
}
