using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Cli;

/// <summary>Maintenance windows in memory, behind the real service contract.</summary>
internal sealed class InMemoryMaintenance : MaintenanceService.MaintenanceServiceBase
{
    public SortedDictionary<long, MaintenanceWindow> All { get; } = [];

    /// <summary>The mask of the last update.</summary>
    public FieldMask? Mask { get; private set; }

    public override Task<ListMaintenanceWindowsResponse> ListMaintenanceWindows(ListMaintenanceWindowsRequest request, ServerCallContext context)
        => Task.FromResult(new ListMaintenanceWindowsResponse { Windows = { All.Values } });

    public override Task<GetMaintenanceWindowResponse> GetMaintenanceWindow(GetMaintenanceWindowRequest request, ServerCallContext context)
        => Task.FromResult(new GetMaintenanceWindowResponse { Window = Find(request.Id) });

    public override Task<CreateMaintenanceWindowResponse> CreateMaintenanceWindow(CreateMaintenanceWindowRequest request, ServerCallContext context)
    {
        request.Window.Id = All.Count + 1;
        request.Window.State ??= new MaintenanceState { TargetCount = 3 };
        All.Add(request.Window.Id, request.Window);
        return Task.FromResult(new CreateMaintenanceWindowResponse { Window = request.Window });
    }

    public override Task<UpdateMaintenanceWindowResponse> UpdateMaintenanceWindow(UpdateMaintenanceWindowRequest request, ServerCallContext context)
    {
        Mask = request.UpdateMask;
        request.UpdateMask.Merge(request.Window, Find(request.Window.Id), new FieldMask.MergeOptions { ReplaceMessageFields = true });
        return Task.FromResult(new UpdateMaintenanceWindowResponse { Window = Find(request.Window.Id) });
    }

    public override Task<DeleteMaintenanceWindowResponse> DeleteMaintenanceWindow(DeleteMaintenanceWindowRequest request, ServerCallContext context)
    {
        var window = Find(request.Id);
        All.Remove(request.Id);
        return Task.FromResult(new DeleteMaintenanceWindowResponse { Window = window });
    }

    private MaintenanceWindow Find(long id)
        => All.TryGetValue(id, out var window) ? window : throw new RpcException(new Status(StatusCode.NotFound, $"There is no maintenance window with id {id}."));
}
