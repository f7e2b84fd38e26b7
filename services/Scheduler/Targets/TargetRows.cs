using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Targets;

/// <summary>Reads targets for who shows them: of a row that cannot be read, what can be, with a status line that says what is wrong with which column.</summary>
internal sealed class TargetRows(SchedulerDb db)
{
    /// <summary>The target; null: there is none with that id.</summary>
    public async Task<Target?> GetAsync(long id, CancellationToken cancellationToken)
        => await ListAsync(targets => targets.Where(t => t.Id == id), cancellationToken) is [var target] ? target : null;

    /// <summary>The target, to be changed.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION: its row cannot be read.</exception>
    public async Task<Target?> FindAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            var target = await db.Targets.FindAsync([id], cancellationToken);
            if (target is not null)
            {
                await db.Entry(target).Collection(t => t.Labels).LoadAsync(cancellationToken);
            }

            return target;
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            var row = await ReadableColumns.ReadAsync(db, id, cancellationToken);
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition,
                row is { Faults: { Count: > 0 } faults } ? SetAside.Sentence(faults, "Mend its row in SQL first, or delete the target.") : e.GetBaseException().Message));
        }
    }

    /// <summary>The targets of a query that a row's columns cannot make fail.</summary>
    /// <param name="which">Which of them, and in which order.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<List<Target>> ListAsync(Func<IQueryable<Target>, IQueryable<Target>> which, CancellationToken cancellationToken)
    {
        List<Target> targets;
        try
        {
            targets = await which(db.Targets.AsNoTracking()).Select(TargetColumns.OfApi).ToListAsync(cancellationToken);
        }
        catch (Exception e) when (e.MayBeOfRow())
        {
            targets = await ListAroundBadRowsAsync(which, cancellationToken);
        }

        foreach (var target in targets)
        {
            Tell(target, ReadableColumns.FaultsOf(target));
        }

        await AddLabelsAsync(targets, cancellationToken);
        return targets;
    }

    // They are not read with the columns: each label would bring all columns along.
    private async Task AddLabelsAsync(List<Target> targets, CancellationToken cancellationToken)
    {
        if (targets.Count == 0)
        {
            return;
        }

        var labels = await db.ReadLabelsAsync(targets.Select(target => target.Id), cancellationToken);
        foreach (var target in targets)
        {
            target.Labels.AddRange(labels.TryGetValue(target.Id, out var found) ? found.Labels : []);
        }
    }

    private async Task<List<Target>> ListAroundBadRowsAsync(Func<IQueryable<Target>, IQueryable<Target>> which, CancellationToken cancellationToken)
    {
        var ids = await which(db.Targets.AsNoTracking()).Select(t => t.Id).ToListAsync(cancellationToken);
        var targets = new List<Target>(ids.Count);
        await Halves.RunAsync(
            ids,
            async part => targets.AddRange(await which(db.Targets.AsNoTracking().Where(t => part.Contains(t.Id))).Select(TargetColumns.OfApi).ToListAsync(cancellationToken)),
            async (id, _) =>
            {
                if (await ReadableColumns.ReadAsync(db, id, cancellationToken) is { } row)
                {
                    Tell(row.Target, row.Faults);
                    targets.Add(row.Target);
                }
            });
        return targets;
    }

    private static void Tell(Target target, IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            ReadableColumns.FillIn(target);
            (target.StatusDescription, target.Reason) = (SetAside.Sentence(faults), SetAside.Reason);
        }
    }
}
