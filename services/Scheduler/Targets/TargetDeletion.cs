using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model.History;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Targets;

/// <summary>Deletes a target. Its history is completed and stays, until it is too old to be kept.</summary>
internal sealed class TargetDeletion(SchedulerDb db, TimeProvider clock)
{
    /// <summary>Deletes a target.</summary>
    /// <returns>Whether there was such a target.</returns>
    public async Task<bool> RunAsync(long id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var closed = new ClosedHistory();
        foreach (var column in await db.SelectLockingByIds([id]).Select(target => target.History).ToListAsync(cancellationToken))
        {
            TargetHistory.End(id, column, closed);
        }

        await HistoryInserts.RunAsync(db, closed, cancellationToken);
        var now = clock.GetUtcNow();
        await db.Incidents.Where(incident => incident.TargetId == id && incident.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(incident => incident.EndedAt, incident => incident.BeganAt > now ? incident.BeganAt : now), cancellationToken);
        var deleted = await db.Targets.Where(target => target.Id == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted > 0;
    }
}
