namespace Skypunch.Cli.Apply;

/// <summary>What becomes of a target or notifier.</summary>
internal enum ChangeAction
{
    /// <summary>It is as the file says.</summary>
    Unchanged,

    /// <summary>The server does not have it.</summary>
    Created,

    /// <summary>Some fields are not as the file says, or cannot be compared.</summary>
    Updated,

    /// <summary>No file names it.</summary>
    Deleted,
}

/// <summary>One thing to do.</summary>
/// <param name="Kind">"target" or "notifier".</param>
/// <param name="Name">Its name.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Fields">The fields that differ.</param>
/// <param name="Secrets">The fields that are written again since they cannot be read back to be compared.</param>
/// <param name="Id">Its id; null: it gets one.</param>
/// <param name="DoAsync">Does it, and gives the id.</param>
internal sealed record Change(
    string Kind,
    string Name,
    ChangeAction Action,
    IReadOnlyList<string> Fields,
    IReadOnlyList<string> Secrets,
    long? Id,
    Func<CancellationToken, Task<long>> DoAsync);
