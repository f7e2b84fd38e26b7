using Google.Rpc;
using Grpc.Core;

namespace Skypunch.Web.Api;

/// <summary>What the admin API says of single fields of a request.</summary>
public static class FaultsOfFields
{
    /// <summary>The faults by the path of their field in the request, such as <c>target.frequency</c>.</summary>
    public static IReadOnlyDictionary<string, string> Read(RpcException error)
        => (error.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations ?? [])
            .GroupBy(violation => violation.Field)
            .ToDictionary(group => group.Key, group => string.Join("; ", group.Select(violation => violation.Description)));
}
