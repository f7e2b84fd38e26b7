using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.AdminApi;
using Skypunch.ServiceDefaults.Secrets;
using Target = Skypunch.Scheduler.Model.Target;

namespace Skypunch.Scheduler.Targets;

/// <summary>Creates many targets in one transaction: all of them or none.</summary>
internal sealed class BatchCreation(SchedulerDb db, SecretBox secrets, TargetClaimer claimer)
{
    private const int Most = 1000;

    /// <summary>Creates the targets, or says why one of them cannot be created.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: there are none, or too many.</exception>
    public async Task<BatchCreateTargetsResponse> RunAsync(BatchCreateTargetsRequest request, CancellationToken cancellationToken)
    {
        if (request.Targets.Count is 0 or > Most)
        {
            FieldViolations.Throw("targets", $"must be 1 to {Most}");
        }

        var wanted = request.Targets.Select(TargetMapping.WithDefaults).ToList();
        var faults = await CheckAsync(wanted, cancellationToken);
        if (!request.ValidateOnly && !faults.Exists(fault => fault.Any))
        {
            try
            {
                return Response(await InsertAsync(wanted, cancellationToken), []);
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey())
            {
                db.ChangeTracker.Clear();
                faults = await CheckAsync(wanted, cancellationToken); // a name was taken meanwhile
            }
        }

        var shown = request.ValidateOnly ? wanted.Where((_, i) => !faults[i].Any).Select(Unsaved) : [];
        return Response(shown, faults.SelectMany((found, i) => found.Any ? [TargetFaults.Of(i, 0, wanted[i].Name, found)] : Array.Empty<TargetFault>()));
    }

    private async Task<List<FieldViolations>> CheckAsync(List<Admin.V1.Target> wanted, CancellationToken cancellationToken)
    {
        var names = wanted.Select(target => target.Name).Distinct(StringComparer.Ordinal).ToList();
        var taken = (await db.Targets.Where(t => names.Contains(t.Name)).Select(t => t.Name).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. wanted.Select(target =>
        {
            var faults = new FieldViolations();
            TargetRules.Check(target, faults);
            TargetRules.CheckAuthn(target.Authn, target.AuthnParams, faults);
            faults.Require(!taken.Contains(target.Name), "target.name", $"'{target.Name}' is that of another target: give this one another name");
            faults.Require(seen.Add(target.Name), "target.name", $"'{target.Name}' stands in the request twice: names must be unique");
            return faults;
        })];
    }

    // Secrets are sealed for the rows, whose ids the database gives.
    private async Task<IEnumerable<Target>> InsertAsync(List<Admin.V1.Target> wanted, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        var targets = wanted.Select(Plain).ToList();
        db.Targets.AddRange(targets);
        await db.SaveChangesAsync(cancellationToken);
        for (var i = 0; i < targets.Count; i++)
        {
            TargetFields.WriteSealed(wanted[i], targets[i], secrets);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        claimer.Wake();
        return targets;
    }

    private Target Plain(Admin.V1.Target wanted)
    {
        var target = new Target { Name = wanted.Name, Url = wanted.Url };
        TargetFields.WritePlain(wanted, target, secrets);
        return target;
    }

    private Target Unsaved(Admin.V1.Target wanted)
    {
        var target = Plain(wanted);
        TargetFields.WriteSealed(wanted, target, secrets);
        return target;
    }

    private BatchCreateTargetsResponse Response(IEnumerable<Target> targets, IEnumerable<TargetFault> faults)
        => new() { Targets = { targets.Select(target => target.ToProto(secrets)) }, Faults = { faults } };
}
