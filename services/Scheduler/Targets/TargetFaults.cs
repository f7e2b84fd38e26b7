using Google.Rpc;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Scheduler.Targets;

/// <summary>What is wrong with one target of many, as the API tells it.</summary>
internal static class TargetFaults
{
    public static TargetFault Of(int index, long id, string name, FieldViolations faults)
        => Of(index, id, name, faults.All.Select(fault => (fault.Field, fault.Description)));

    /// <summary>The fault of an error that a call about this target alone would have had.</summary>
    public static TargetFault Of(int index, long id, string name, RpcException error)
        => Of(index, id, name, error.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations is { Count: > 0 } violations
            ? violations.Select(violation => (violation.Field, violation.Description))
            : [("", error.Status.Detail)]);

    private static TargetFault Of(int index, long id, string name, IEnumerable<(string Field, string Description)> faults) => new()
    {
        Index = index,
        Id = id,
        Name = name,
        Fields = { faults.Select(fault => new TargetFieldFault { Field = fault.Field, Description = fault.Description }) },
    };
}
