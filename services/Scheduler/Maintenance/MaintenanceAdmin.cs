using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Filters;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.AdminApi;
using MaintenanceWindow = Skypunch.Scheduler.Model.MaintenanceWindow;

namespace Skypunch.Scheduler.Maintenance;

/// <summary>The admin API for maintenance windows.</summary>
internal sealed class MaintenanceAdmin(SchedulerDb db, MaintenanceWindows windows, TimeProvider clock) : MaintenanceService.MaintenanceServiceBase
{
    private const int DefaultPageSize = 500;
    private const int MostWindows = 500;

    public override async Task<CreateMaintenanceWindowResponse> CreateMaintenanceWindow(CreateMaintenanceWindowRequest request, ServerCallContext context)
    {
        var (row, faults) = (new MaintenanceWindow { Name = "" }, new FieldViolations());
        WindowMapping.Write(request.Window ?? new Admin.V1.MaintenanceWindow(), row, clock.GetUtcNow(), faults);
        faults.ThrowIfAny();
        if (await db.MaintenanceWindows.CountAsync(context.CancellationToken) >= MostWindows)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, $"There are {MostWindows} maintenance windows: delete those that are over."));
        }

        if (!request.ValidateOnly)
        {
            db.MaintenanceWindows.Add(row);
            await SaveAsync(row, context.CancellationToken);
        }
        else if (await db.MaintenanceWindows.AnyAsync(other => other.Name == row.Name, context.CancellationToken))
        {
            throw NameTaken(row);
        }

        return new CreateMaintenanceWindowResponse { Window = await ShowAsync(row, context.CancellationToken) };
    }

    public override async Task<GetMaintenanceWindowResponse> GetMaintenanceWindow(GetMaintenanceWindowRequest request, ServerCallContext context)
        => new() { Window = await ShowAsync(await FindAsync(request.Id, context.CancellationToken), context.CancellationToken) };

    public override async Task<ListMaintenanceWindowsResponse> ListMaintenanceWindows(ListMaintenanceWindowsRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var size = Paging.Size(request.PageSize, DefaultPageSize, faults);
        var last = Paging.LastId(request.PageToken, faults) ?? 0;
        faults.ThrowIfAny();

        var (now, page) = (clock.GetUtcNow(), await db.MaintenanceWindows.AsNoTracking().Where(row => row.Id > last)
            .OrderBy(row => row.Id).Take(size).ToListAsync(context.CancellationToken));
        return new ListMaintenanceWindowsResponse
        {
            Windows = { page.Select(row => WindowMapping.ToProto(row, now)) },
            NextPageToken = Paging.NextToken(size, page.Count, page.LastOrDefault()?.Id ?? 0),
        };
    }

    public override async Task<UpdateMaintenanceWindowResponse> UpdateMaintenanceWindow(UpdateMaintenanceWindowRequest request, ServerCallContext context)
    {
        var (given, now) = (request.Window ?? new Admin.V1.MaintenanceWindow(), clock.GetUtcNow());
        var row = await FindAsync(given.Id, context.CancellationToken);
        var faults = new FieldViolations();
        var fields = UpdateMask.Resolve(request.UpdateMask, given, WindowMapping.Writable, faults);
        faults.ThrowIfAny();

        WindowMapping.Write(WindowMapping.Merge(WindowMapping.ToProto(row, now), given, fields), row, now, faults);
        faults.ThrowIfAny();
        await SaveAsync(row, context.CancellationToken);
        return new UpdateMaintenanceWindowResponse { Window = await ShowAsync(row, context.CancellationToken) };
    }

    public override async Task<DeleteMaintenanceWindowResponse> DeleteMaintenanceWindow(DeleteMaintenanceWindowRequest request, ServerCallContext context)
    {
        var row = await FindAsync(request.Id, context.CancellationToken);
        var shown = await ShowAsync(row, context.CancellationToken);
        db.MaintenanceWindows.Remove(row);
        await SaveAsync(row, context.CancellationToken);
        return new DeleteMaintenanceWindowResponse { Window = shown };
    }

    private async Task<Admin.V1.MaintenanceWindow> ShowAsync(MaintenanceWindow row, CancellationToken cancellationToken)
    {
        var shown = WindowMapping.ToProto(row, clock.GetUtcNow());
        if (FilterText.TryParse(row.Filter ?? "", out var filter, out _))
        {
            shown.State.TargetCount = await FilterSql.Where(db, db.Targets, filter).LongCountAsync(cancellationToken);
        }

        return shown;
    }

    private async Task<MaintenanceWindow> FindAsync(long id, CancellationToken cancellationToken)
        => await db.MaintenanceWindows.FindAsync([id], cancellationToken) ?? throw NotFound(id);

    private async Task SaveAsync(MaintenanceWindow row, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw NotFound(row.Id); // deleted meanwhile
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            throw NameTaken(row);
        }

        windows.Forget();
    }

    private static RpcException NotFound(long id) => AdminFaults.NotFound("maintenance window", id);

    private static RpcException NameTaken(MaintenanceWindow row) => AdminFaults.NameTaken("maintenance window", row.Name);
}
