using Grpc.Core;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>
/// The answers of the admin API about a row that does not exist or whose name is taken. They have the same words for each kind of row.
/// </summary>
public static class AdminFaults
{
    /// <summary>NOT_FOUND: no row has this id.</summary>
    /// <param name="what">The kind of row, such as "target".</param>
    /// <param name="id">The id.</param>
    public static RpcException NotFound(string what, long id) => new(new Status(StatusCode.NotFound, $"There is no {what} with id {id}."));

    /// <summary>ALREADY_EXISTS: another row has this name.</summary>
    /// <param name="what">The kind of row, such as "target".</param>
    /// <param name="name">The name.</param>
    public static RpcException NameTaken(string what, string name)
        => new(new Status(StatusCode.AlreadyExists, $"A {what} named '{name}' already exists: give this one another name."));
}
