using Google.Rpc;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.ConfigFile.Entries;
using Skypunch.ConfigFile.Faults;

namespace Skypunch.ConfigFile;

/// <summary>What the admin API says of an entry, told as faults of its file.</summary>
public static class ServerFaults
{
    /// <summary>Whether an error is about the entry that was sent, and not about the server or the connection to it.</summary>
    public static bool IsOfEntry(RpcException error) => error.StatusCode is StatusCode.InvalidArgument or StatusCode.AlreadyExists;

    /// <summary>A fault for each field that the error names, at the field's line; a fault of the whole entry where it names none.</summary>
    public static IEnumerable<ConfigFault> FaultsOf<T>(this ConfigEntry<T> entry, RpcException error)
        => error.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations is { Count: > 0 } violations
            ? violations.Select(violation => entry.FaultAt(violation.Field, violation.Description))
            : [entry.FaultAt("", error.Status.Detail)];

    /// <summary>The faults that the answer about many targets has of this one.</summary>
    public static IEnumerable<ConfigFault> FaultsOf<T>(this ConfigEntry<T> entry, TargetFault fault) => fault.Fields.Select(field => entry.FaultAt(field.Field, field.Description));
}
