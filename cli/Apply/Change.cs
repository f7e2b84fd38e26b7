namespace Skypunch.Cli.Apply;

/// <summary>What becomes of a target or notifier.</summary>
internal enum ChangeAction
{
    /// <summary>The resource is as the file says.</summary>
    Unchanged,

    /// <summary>The server does not have the resource.</summary>
    Created,

    /// <summary>Some fields are not as the file says, or cannot be compared.</summary>
    Updated,

    /// <summary>No file names the resource.</summary>
    Deleted,
}

/// <summary>What is to be done with one target or notifier.</summary>
/// <param name="Kind">"target" or "notifier".</param>
/// <param name="Name">Its name.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Fields">The fields that differ.</param>
/// <param name="Secrets">The fields that are written again since they cannot be read back to be compared.</param>
/// <param name="Id">Its id; null before it is created.</param>
/// <param name="DoAsync">Makes the change, and returns the id.</param>
internal sealed record Change(
    string Kind,
    string Name,
    ChangeAction Action,
    IReadOnlyList<string> Fields,
    IReadOnlyList<string> Secrets,
    long? Id,
    Func<CancellationToken, Task<long>> DoAsync);
