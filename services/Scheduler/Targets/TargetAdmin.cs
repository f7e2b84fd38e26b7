using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Maintenance;
using Skypunch.Scheduler.Scheduling;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.AdminApi;
using Skypunch.ServiceDefaults.Secrets;
using Target = Skypunch.Scheduler.Model.Target;

namespace Skypunch.Scheduler.Targets;

/// <summary>The admin API for targets.</summary>
internal sealed class TargetAdmin(
    SchedulerDb db,
    TargetRows rows,
    TargetLists lists,
    SecretBox secrets,
    TargetClaimer claimer,
    TargetTester tester,
    TargetDeletion deletion,
    BatchCreation creation,
    BatchUpdate update,
    TargetWatch watch,
    MaintenanceNow maintenance)
    : TargetService.TargetServiceBase
{
    private const string NameOfTest = "test";

    public override async Task<CreateTargetResponse> CreateTarget(CreateTargetRequest request, ServerCallContext context)
    {
        var wanted = TargetMapping.WithDefaults(request.Target ?? new Admin.V1.Target());
        var faults = new FieldViolations();
        TargetRules.Check(wanted, faults);
        TargetRules.CheckAuthn(wanted.Authn, wanted.AuthnParams, faults);
        faults.ThrowIfAny();

        var target = new Target { Name = wanted.Name, Url = wanted.Url };
        TargetFields.WritePlain(wanted, target, secrets);
        if (request.ValidateOnly)
        {
            await ThrowIfNameTakenAsync(target.Name, context.CancellationToken);
            TargetFields.WriteSealed(wanted, target, secrets);
            return new CreateTargetResponse { Target = target.ToProto(secrets) };
        }

        await InsertAsync(wanted, target, context.CancellationToken);
        claimer.Wake();
        return new CreateTargetResponse { Target = target.ToProto(secrets) };
    }

    public override async Task<GetTargetResponse> GetTarget(GetTargetRequest request, ServerCallContext context)
    {
        var target = await GetAsync(request.Id, context.CancellationToken);
        var shown = target.ToProto(secrets, withResults: true);
        await maintenance.AddAsync([(target, shown)], context.CancellationToken);
        return new GetTargetResponse { Target = shown };
    }

    public override Task<ListTargetsResponse> ListTargets(ListTargetsRequest request, ServerCallContext context) => lists.ListAsync(request, context.CancellationToken);

    public override Task<CountTargetsResponse> CountTargets(CountTargetsRequest request, ServerCallContext context) => lists.CountAsync(request, context.CancellationToken);

    public override Task<ListGroupsResponse> ListGroups(ListGroupsRequest request, ServerCallContext context) => lists.ListGroupsAsync(request, context.CancellationToken);

    public override Task<BatchCreateTargetsResponse> BatchCreateTargets(BatchCreateTargetsRequest request, ServerCallContext context)
        => creation.RunAsync(request, context.CancellationToken);

    public override Task<BatchUpdateTargetsResponse> BatchUpdateTargets(BatchUpdateTargetsRequest request, ServerCallContext context)
        => update.RunAsync(request, context.CancellationToken);

    public override Task WatchTargets(WatchTargetsRequest request, IServerStreamWriter<WatchTargetsResponse> responseStream, ServerCallContext context)
        => watch.RunAsync(request, responseStream, context.CancellationToken);

    public override async Task<UpdateTargetResponse> UpdateTarget(UpdateTargetRequest request, ServerCallContext context)
    {
        var given = request.Target ?? new Admin.V1.Target();

        // Two at once may not add the same label, or take it away.
        await using var transaction = await db.Database.BeginLockingAsync(context.CancellationToken);
        await db.SelectLockingByIds([given.Id]).Select(locked => locked.Id).ToListAsync(context.CancellationToken);
        var target = await FindAsync(given.Id, context.CancellationToken);
        var faults = new FieldViolations();
        var fields = UpdateMask.Resolve(request.UpdateMask, given, TargetFields.Writable, faults);
        faults.ThrowIfAny();

        if (TargetUpdate.Of(target, given, fields, secrets).Apply(db.Entry(target), secrets))
        {
            await SaveAsync(target, context.CancellationToken);
            await transaction.CommitAsync(context.CancellationToken);
            claimer.Wake();
        }

        return new UpdateTargetResponse { Target = target.ToProto(secrets) };
    }

    public override async Task<DeleteTargetResponse> DeleteTarget(DeleteTargetRequest request, ServerCallContext context)
    {
        var target = await GetAsync(request.Id, context.CancellationToken);
        if (!await deletion.RunAsync(request.Id, context.CancellationToken))
        {
            throw NotFound(request.Id); // deleted meanwhile
        }

        return new DeleteTargetResponse { Target = target.ToProto(secrets) };
    }

    public override async Task<EnableTargetResponse> EnableTarget(EnableTargetRequest request, ServerCallContext context)
    {
        var target = await FindAsync(request.Id, context.CancellationToken);
        if (!target.Enabled)
        {
            target.Enabled = true;
            target.NextProbeAt = null; // the slots that passed while it was disabled were not missed
            target.Revision++;
            await SaveAsync(target, context.CancellationToken);
            claimer.Wake();
        }

        return new EnableTargetResponse { Target = target.ToProto(secrets) };
    }

    public override async Task<DisableTargetResponse> DisableTarget(DisableTargetRequest request, ServerCallContext context)
    {
        var target = await FindAsync(request.Id, context.CancellationToken);
        target.Enabled = false;
        await SaveAsync(target, context.CancellationToken);
        return new DisableTargetResponse { Target = target.ToProto(secrets) };
    }

    public override async Task<TestTargetResponse> TestTarget(TestTargetRequest request, ServerCallContext context)
    {
        var target = request.Target is { } given ? await ToTestAsync(request, given, context.CancellationToken) : await FindAsync(request.Id, context.CancellationToken);
        return new TestTargetResponse
        {
            Target = target.ToProto(secrets),
            Report = await tester.TestAsync(target, context.CancellationToken),
        };
    }

    public override async Task<GetTargetTracesResponse> GetTargetTraces(GetTargetTracesRequest request, ServerCallContext context)
    {
        var target = await GetAsync(request.Id, context.CancellationToken);
        var traces = await db.TargetTraces.AsNoTracking().Where(trace => trace.TargetId == request.Id).ToListAsync(context.CancellationToken);
        return TargetTraces.Read(traces, target.ToProto(secrets));
    }

    // What nobody saves: the context is the call's own.
    private async Task<Target> ToTestAsync(TestTargetRequest request, Admin.V1.Target given, CancellationToken cancellationToken)
    {
        var faults = new FieldViolations();
        if (request.Id != 0)
        {
            var stored = await FindAsync(request.Id, cancellationToken);
            var fields = UpdateMask.Resolve(request.UpdateMask, given, TargetFields.Writable, faults);
            faults.ThrowIfAny();
            TargetUpdate.Of(stored, given, fields, secrets).Apply(db.Entry(stored), secrets);
            return stored;
        }

        var wanted = TargetMapping.WithDefaults(new(given) { Frequency = given.Frequency ?? new() { Seconds = TargetLimits.LongestFrequency } }); // it bounds the timeout
        wanted.Name = wanted.Name.Length == 0 ? NameOfTest : wanted.Name;
        TargetRules.Check(wanted, faults);
        TargetRules.CheckAuthn(wanted.Authn, wanted.AuthnParams, faults);
        faults.ThrowIfAny();
        var target = new Target { Name = wanted.Name, Url = wanted.Url };
        TargetFields.WritePlain(wanted, target, secrets);
        TargetFields.WriteSealed(wanted, target, secrets);
        return target;
    }

    // Secrets are sealed for the row, whose id the database gives: nobody sees the row before both statements are done.
    private async Task InsertAsync(Admin.V1.Target wanted, Target target, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        db.Targets.Add(target);
        await SaveAsync(target, cancellationToken);
        TargetFields.WriteSealed(wanted, target, secrets);
        await SaveAsync(target, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<Target> GetAsync(long id, CancellationToken cancellationToken) => await rows.GetAsync(id, cancellationToken) ?? throw NotFound(id);

    private async Task<Target> FindAsync(long id, CancellationToken cancellationToken) => await rows.FindAsync(id, cancellationToken) ?? throw NotFound(id);

    private async Task SaveAsync(Target target, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw NotFound(target.Id); // deleted meanwhile
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            throw NameTaken(target.Name);
        }
    }

    private async Task ThrowIfNameTakenAsync(string name, CancellationToken cancellationToken)
    {
        if (await db.Targets.AnyAsync(t => t.Name == name, cancellationToken))
        {
            throw NameTaken(name);
        }
    }

    private static RpcException NotFound(long id) => AdminFaults.NotFound("target", id);

    private static RpcException NameTaken(string name) => AdminFaults.NameTaken("target", name);
}
