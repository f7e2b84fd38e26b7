using Google.Rpc;
using Grpc.Core;

namespace Skypunch.ConfigFile;

/// <summary>What the admin API says of an entry, told as faults of its file.</summary>
public static class ServerFaults
{
    /// <summary>Whether an error is about the entry that was sent, and not about the server or the way to it.</summary>
    public static bool IsOfEntry(RpcException error) => error.StatusCode is StatusCode.InvalidArgument or StatusCode.AlreadyExists;

    /// <summary>Each field that the error names, at its line; without one, the entry.</summary>
    public static IEnumerable<ConfigFault> FaultsOf<T>(this ConfigEntry<T> entry, RpcException error)
        => error.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations is { Count: > 0 } violations
            ? violations.Select(violation => entry.FaultAt(violation.Field, violation.Description))
            : [entry.FaultAt("", error.Status.Detail)];
}
