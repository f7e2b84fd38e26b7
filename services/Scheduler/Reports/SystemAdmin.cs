using Grpc.Core;
using Skypunch.Admin.V1;

namespace Skypunch.Scheduler.Reports;

/// <summary>The admin API about Skypunch itself.</summary>
internal sealed class SystemAdmin(SystemReport report) : SystemService.SystemServiceBase
{
    public override Task<GetSystemStatusResponse> GetSystemStatus(GetSystemStatusRequest request, ServerCallContext context)
        => report.WriteAsync(context.CancellationToken);
}
