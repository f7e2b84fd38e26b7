using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Filters;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.AdminApi;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Scheduler.Targets;

/// <summary>
/// Changes the same fields of many targets. Each part of them is a transaction of its own: one for all would keep their rows, or in SQLite
/// the whole file, from claims and folds until the last one is changed.
/// </summary>
internal sealed class BatchUpdate(SchedulerDb db, SecretBox secrets, TargetClaimer claimer)
{
    private const int MostIds = 1000;
    private const int AtATime = 200;
    private const int MostFaults = 100;
    private const int MostTries = 5;

    // These are of one target.
    private static readonly string[] Writable = [.. TargetFields.Writable.Except(["name", "url"])];

    /// <summary>Changes the targets, or says how many it would change.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the request as a whole is not right.</exception>
    public async Task<BatchUpdateTargetsResponse> RunAsync(BatchUpdateTargetsRequest request, CancellationToken cancellationToken)
    {
        var faults = new FieldViolations();
        var filter = TargetLists.ReadFilter(request.Filter, faults);
        CheckTargets(request, filter, faults);
        var given = request.Target ?? new Target();
        faults.Require(request.UpdateMask is { Paths.Count: > 0 } mask && !mask.Paths.Contains("*"), "update_mask", "must name each field to change");
        var fields = UpdateMask.Resolve(request.UpdateMask ?? new FieldMask(), given, Writable, faults);
        faults.ThrowIfAny();

        var (places, response) = (request.Ids.Distinct().Select((id, i) => (id, i)).ToDictionary(), new BatchUpdateTargetsResponse());
        await foreach (var ids in PartsAsync(request.Ids, filter, cancellationToken))
        {
            await Halves.RunAsync(
                ids,
                async part => Add(response, await TryAsync(part, given, fields, request.ValidateOnly, cancellationToken), places),
                (id, _) =>
                {
                    Add(response, new Part(1, 0, [TargetFaults.Of(0, id, "", Unreadable())]), places);
                    return Task.CompletedTask;
                });
        }

        return response;
    }

    private static void CheckTargets(BatchUpdateTargetsRequest request, Filter? filter, FieldViolations faults)
    {
        var hasFilter = request.Filter.Length > 0;
        faults.Require(request.Ids.Count > 0 != hasFilter, "ids", "or filter must be given, and not both");
        faults.Require(request.Ids.Count <= MostIds, "ids", $"must be {MostIds} at the most");
        faults.Require(!hasFilter || filter is not null || faults.Any, "filter", "must not be blank: write id > 0 if all targets are meant");
    }

    // By id, so that a target that the change takes out of the filter, or into it, is neither passed over nor met twice.
    private async IAsyncEnumerable<IReadOnlyList<long>> PartsAsync(
        IEnumerable<long> given, Filter? filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in given.Distinct().Order().Chunk(AtATime))
        {
            yield return part;
        }

        for (long last = 0; filter is not null;)
        {
            var part = await FilterSql.Where(db, db.Targets.Where(t => t.Id > last), filter).OrderBy(t => t.Id).Select(t => t.Id).Take(AtATime).ToListAsync(cancellationToken);
            if (part.Count > 0)
            {
                yield return part;
            }

            if (part.Count < AtATime)
            {
                break;
            }

            last = part[^1];
        }
    }

    private async Task<Part> TryAsync(IReadOnlyList<long> ids, Target given, IReadOnlySet<string> fields, bool validateOnly, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await ChangeAsync(ids, given, fields, validateOnly, cancellationToken);
            }
            catch (Exception e) when (tries < MostTries && e.IsDeadlock())
            {
                // MySQL has rolled the part back
            }
        }
    }

    private async Task<Part> ChangeAsync(IReadOnlyList<long> ids, Target given, IReadOnlySet<string> fields, bool validateOnly, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = validateOnly ? null : await db.Database.BeginLockingAsync(cancellationToken);
        var targets = await (validateOnly ? db.Targets.Where(t => ids.Contains(t.Id)) : db.SelectLockingByIds(ids)).ToListAsync(cancellationToken);
        await db.TargetLabels.Where(label => ids.Contains(label.TargetId)).LoadAsync(cancellationToken);
        var (changed, faults) = (0, new List<TargetFault>());
        foreach (var target in targets)
        {
            try
            {
                changed += TargetUpdate.Of(target, given, fields, secrets).Apply(db.Entry(target), secrets) ? 1 : 0;
            }
            catch (RpcException e)
            {
                faults.Add(TargetFaults.Of(0, target.Id, target.Name, e));
            }
        }

        if (transaction is not null && changed > 0)
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            claimer.Wake();
        }

        db.ChangeTracker.Clear();
        return new Part(targets.Count, changed, faults);
    }

    private static void Add(BatchUpdateTargetsResponse response, Part part, Dictionary<long, int> places)
    {
        response.MatchedCount += part.Matched;
        response.ChangedCount += part.Changed;
        response.FaultCount += part.Faults.Count;
        foreach (var fault in part.Faults.Take(MostFaults - response.Faults.Count))
        {
            fault.Index = places.GetValueOrDefault(fault.Id);
            response.Faults.Add(fault);
        }
    }

    private static RpcException Unreadable() => new(new Status(StatusCode.FailedPrecondition, "Its row cannot be read or written: mend it in SQL first, or delete the target."));

    private sealed record Part(int Matched, int Changed, IReadOnlyList<TargetFault> Faults);
}
